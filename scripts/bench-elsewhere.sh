#!/usr/bin/env bash
# Runs the bench on another Linux machine (x86-64, glibc) that has nothing installed but a graphics driver.
#
#   scripts/bench-elsewhere.sh pack
#       here: writes .cache/bench-elsewhere/, a folder of this script, a README and one archive with Node, Dawn, the
#       engine's scripts in one file, a Vulkan loader and a golden model; and llama.cpp for Vulkan in a second archive where
#       bench/peers is installed
#
#   ./bench-elsewhere.sh run [options] [CONFIG…]
#       there, in that folder: unpacks, says what the adapter is, checks a golden model's logits, then makes random
#       models of the real shapes (CONFIG, qwen35-0.8b) and benches each, beside llama.cpp on the same file where that was
#       packed; results go to results.jsonl, and what is there already is not run again
#
#       --adapter NAME    default, swiftshader, lavapipe
#       --quant TYPE      of the weights (MIX, as a published Q4_K_M)
#       --prompts LIST    tokens of the prompts ("512 1024")
#       --contexts LIST   tokens of context that decode is timed behind ("1024 32768")
#       --new N           tokens to draw (64)
#       --work FOLDER     where to unpack and to make models (./work)
#       --results FILE    (./results.jsonl)
set -euo pipefail

readonly MOST_BYTES=$((64 * 1024 * 1024)) # what such a folder may take on its way

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

pack() {
  local root folder content
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  cd "$root"
  [[ $(uname -sm) == "Linux x86_64" ]] || die "This is $(uname -sm); the packed programs are for Linux x86_64."
  [[ -d node_modules/webgpu/dist/linux-x64 ]] || die "node_modules is not there. Run npm ci first."
  folder=.cache/bench-elsewhere
  content=$folder/content
  rm -rf "$folder"
  mkdir -p "$content/lib" "$content/goldens"

  cp "$(node -p process.execPath)" "$content/node"
  ./node_modules/.bin/esbuild --bundle --platform=node --format=esm --target=node20 --external:webgpu \
    --loader:.wgsl=text --loader:.jinja=text --log-level=warning --outfile="$content/engine.mjs" <<<'
      import { main } from "./scripts/elsewhere";
      import { runMain } from "./scripts/lib/fail.mjs";
      await runMain(() => main(process.argv.slice(2)));
      process.exit(process.exitCode ?? 0); // threads of Dawn would keep the process alive
    '
  mkdir -p "$content/node_modules/webgpu/dist/linux-x64"
  cp node_modules/webgpu/{package.json,index.js,LICENSE.md} "$content/node_modules/webgpu/"
  cp node_modules/webgpu/dist/linux-x64/dawn.node "$content/node_modules/webgpu/dist/linux-x64/"
  cp goldens/nano-MIX.gguf goldens/tokens-96.json goldens/nano-MIX.tokens-96.logits.f32 "$content/goldens/"
  pack_loader "$content/lib" || echo "No Vulkan loader packed: the other machine needs its own libvulkan1." >&2

  # xz: gzip takes half as much again, which with llama.cpp would be more than such a folder may take.
  tar -C "$content" -cf - . | xz -T0 -2 >"$folder/engine.tar.xz"
  rm -r "$content"
  pack_llama_cpp "$root/bench/peers" "$folder"
  cp "${BASH_SOURCE[0]}" "$folder/bench-elsewhere.sh"
  chmod +x "$folder/bench-elsewhere.sh"
  write_readme >"$folder/README.md"

  local size
  size=$(du -sb "$folder" | cut -f1)
  echo "$folder: $((size / 1024 / 1024)) MiB ($size bytes)"
  ((size <= MOST_BYTES)) || die "That is more than $MOST_BYTES bytes."
}

# llama.cpp's Vulkan library as node-llama-cpp ships it, and what of that loads it.
pack_llama_cpp() {
  local peers=$1 folder=$2 content=$2/llama-cpp modules
  modules=$peers/node_modules
  if [[ ! -d $modules/@node-llama-cpp/linux-x64-vulkan ]]; then
    echo "No llama.cpp packed to compare with: run npm ci in bench/peers first." >&2
    return 0
  fi
  mkdir -p "$content/node_modules"
  cp "$peers"/{llama-cpp,run-peer}.mjs "$content/"
  tar -C "$modules" -cf - --exclude='*.map' --exclude='*.d.ts' --exclude='*.md' --exclude=./@wllama \
    --exclude=./playwright-core --exclude='./node-llama-cpp/llama/gitRelease.bundle' --exclude='./@node-llama-cpp/*-cuda*' \
    --exclude='./@node-llama-cpp/linux-x64' --exclude='./@node-llama-cpp/linux-arm*' . | tar -C "$content/node_modules" -xf -
  tar -C "$content" -cf - . | xz -T0 -2 >"$folder/llama-cpp.tar.xz"
  rm -r "$content"
}

# libvulkan.so.1 from Debian's package if it can be had, else the one of this machine.
pack_loader() {
  local to download found
  to=$(cd "$1" && pwd)
  download=$(mktemp -d)
  if command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null &&
    (cd "$download" && apt-get download libvulkan1 >/dev/null 2>&1 && dpkg-deb -x ./*.deb tree); then
    found=$(find "$download/tree" -name 'libvulkan.so.1.*' -type f -print -quit)
  else
    found=$(find /usr/lib -name libvulkan.so.1 -print -quit)
  fi
  if [[ -n $found ]]; then cp -L "$found" "$to/libvulkan.so.1"; fi
  rm -rf "$download"
  [[ -f $to/libvulkan.so.1 ]]
}

write_readme() {
  cat <<EOT
# Bench of Qwen3.5 in WGSL, to take along

Commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)$(git diff --quiet HEAD 2>/dev/null || echo ", with changes"), packed $(date -u +%F) with Node $(node -p process.version).
For Linux on x86-64 with glibc, tar and xz; of graphics, only the driver has to be there.

    ./bench-elsewhere.sh run                                   # the 0.8B shape
    ./bench-elsewhere.sh run qwen35-0.8b qwen35-4b qwen35-9b   # and bigger ones
    ./bench-elsewhere.sh run --adapter lavapipe --prompts 32 --contexts 64 --new 4 nano

It unpacks to work/ (200 MB, and the models it makes: 0.5 GB for 0.8B), prints the adapter's features and limits, checks a
golden model's logits, times the quantizing shaders, and appends one JSON object a run to results.jsonl: {"config", "quant", "prompt", "context", "report"}.
llama.cpp on Vulkan, where it was packed, reads and continues the same prompts: {"peer": "llama.cpp", "config", "quant", "prompt", "report"}, and a
line says this engine's rates over its. Cut short, it goes on where it was: what results.jsonl has is not run again.
All options are at the top of the script.
EOT
}

run() {
  local adapter=default quant=MIX prompts="512 1024" contexts="1024 32768" new=64
  local work=work results=results.jsonl
  local -a configs=()
  while (($# > 0)); do
    if [[ $1 == --* ]] && (($# < 2)); then die "$1 needs a value."; fi
    case $1 in
      --adapter) adapter=$2 && shift ;;
      --quant) quant=$2 && shift ;;
      --prompts) prompts=$2 && shift ;;
      --contexts) contexts=$2 && shift ;;
      --new) new=$2 && shift ;;
      --work) work=$2 && shift ;;
      --results) results=$2 && shift ;;
      --*) die "There is no option $1; they are listed at the top of $0." ;;
      *) configs+=("$1") ;;
    esac
    shift
  done
  ((${#configs[@]} > 0)) || configs=(qwen35-0.8b)

  local here
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  [[ -f $here/engine.tar.xz ]] || die "engine.tar.xz is not beside this script. Run its \"pack\" first and go to that folder."
  command -v xz >/dev/null || die "xz is needed to unpack (Debian: xz-utils)."
  mkdir -p "$work"
  work=$(cd "$work" && pwd)
  if [[ ! $work/engine.mjs -nt $here/engine.tar.xz ]]; then
    tar -xJmf "$here/engine.tar.xz" -C "$work"
  fi
  if [[ -f $here/llama-cpp.tar.xz && ! -f $work/llama-cpp/run-peer.mjs ]]; then
    mkdir -p "$work/llama-cpp"
    tar -xJmf "$here/llama-cpp.tar.xz" -C "$work/llama-cpp"
  fi
  engine() { "$work/node" "$work/engine.mjs" "$@"; }
  prepare_vulkan "$work" "$adapter"

  echo "== adapter"
  engine adapter "$adapter" | tee "$work/adapter.txt"
  echo "== golden model"
  check_golden "$work" "$adapter"

  if ! has_result "$results" '"suite":"quantize",'; then
    echo "== quantizing plain weights"
    engine bench --suite quantize --adapter "$adapter" --json >"$work/quantize.txt"
    sed '$d' "$work/quantize.txt"
    printf '{"suite":"quantize","report":%s}\n' "$(tail -n 1 "$work/quantize.txt")" >>"$results"
  fi

  local config model prompt context what
  mkdir -p "$work/models"
  for config in "${configs[@]}"; do
    model=$work/models/$config-$quant.gguf
    if [[ ! -f $model ]]; then
      engine make-model --config "$config" --quant "$quant" --seed 1 --out "$model.part" >/dev/null
      mv "$model.part" "$model"
    fi
    for prompt in $prompts; do
      for context in $contexts; do
        what="\"config\":\"$config\",\"quant\":\"$quant\",\"prompt\":$prompt,\"context\":$context"
        if has_result "$results" "{$what,"; then continue; fi
        echo "== $config $quant, prompt $prompt, context $context"
        engine bench --model "$model" --adapter "$adapter" --prompt "$prompt" --context "$context" --new "$new" --json \
          >"$work/bench.txt"
        sed '$d' "$work/bench.txt"
        printf '{%s,"report":%s}\n' "$what" "$(tail -n 1 "$work/bench.txt")" >>"$results"
      done
      what="\"config\":\"$config\",\"quant\":\"$quant\",\"prompt\":$prompt"
      if [[ -d $work/llama-cpp ]] && ! has_result "$results" "{\"peer\":\"llama.cpp\",$what,"; then
        run_llama_cpp "$work" "$model" "$prompt" "$new" "$results" "$what"
      fi
    done
  done
  echo "Results: $results"
}

has_result() { [[ -f $1 ]] && grep -qF "$2" "$1"; }

# llama.cpp on the same file; then ours over its, decode where it was timed behind as many tokens as the prompt has.
run_llama_cpp() {
  local work=$1 model=$2 prompt=$3 new=$4 results=$5 what=$6
  echo "== $(basename "$model"), prompt $prompt, llama.cpp on Vulkan"
  if ! "$work/node" "$work/llama-cpp/run-peer.mjs" vulkan "$model" "$prompt" "$new" >"$work/peer.txt" 2>"$work/peer.log"; then
    echo "llama.cpp did not run: $(tail -n 1 "$work/peer.log")"
    return 0
  fi
  printf '{"peer":"llama.cpp",%s,"report":%s}\n' "$what" "$(tail -n 1 "$work/peer.txt")" >>"$results"
  "$work/node" "$work/engine.mjs" ratio "$results" "{$what," "$prompt"
}

check_golden() {
  local work=$1 adapter=$2 mode precision bound
  local golden=$work/goldens/nano-MIX
  for precision in f32 f16; do
    bound=1e-8
    if [[ $precision == f16 ]]; then
      bound=5e-5
      grep -q shader-f16 "$work/adapter.txt" || continue
    fi
    for mode in prefill decode; do
      engine logits --model "$golden.gguf" --tokens "$work/goldens/tokens-96.json" --out "$work/logits.f32" \
        --mode "$mode" --chunk 64 --precision "$precision" --adapter "$adapter"
      printf '%s %s  ' "$precision" "$mode"
      engine compare "$work/logits.f32" "$golden.tokens-96.logits.f32" 320 "$bound"
    done
  done
}

# A loader and, for NVIDIA in a bare container, the description of its driver that the loader looks for.
prepare_vulkan() {
  local work=$1 adapter=$2 library
  local -a descriptions
  if ! has_library libvulkan.so.1; then
    [[ -f $work/lib/libvulkan.so.1 ]] || die "There is no libvulkan.so.1 here, and none was packed."
    export LD_LIBRARY_PATH="$work/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  fi
  [[ $adapter == default && -z ${VK_ICD_FILENAMES:-}${VK_DRIVER_FILES:-} ]] || return 0
  shopt -s nullglob
  descriptions=(/usr/share/vulkan/icd.d/*.json /etc/vulkan/icd.d/*.json)
  shopt -u nullglob
  if [[ ${descriptions[*]} == *nvidia* ]]; then return 0; fi
  for library in libGLX_nvidia.so.0 libEGL_nvidia.so.0; do
    if has_library "$library"; then
      printf '{"file_format_version":"1.0.0","ICD":{"library_path":"%s","api_version":"1.3.0"}}\n' "$library" \
        >"$work/nvidia_icd.json"
      export VK_ICD_FILENAMES="$work/nvidia_icd.json"
      return 0
    fi
  done
  ((${#descriptions[@]} > 0)) || echo "No Vulkan driver is described here; an adapter will hardly be found." >&2
}

has_library() {
  # Not grep -q: it leaves early, and ldconfig would fail for want of a reader.
  { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -F "$1 " >/dev/null
}

case ${1:-} in
  pack | run) "$@" ;;
  *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" && exit 2 ;;
esac
