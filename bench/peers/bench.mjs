// Runs one GGUF file and one prompt through this engine (Node over Dawn), llama.cpp (native) and wllama
// (Chromium), in turns, and prints rates and ratios. See README.md.
import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findDrivers, runtimeFolder } from "../../scripts/lib/adapters.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    prompt: { type: "string", default: "512" },
    new: { type: "string", default: "64" },
    rounds: { type: "string", default: "3" },
    adapter: { type: "string", default: "default" },
    peers: { type: "string", default: "vulkan,cpu,wllama" },
  },
});
if (!values.model)
  throw new Error("Usage: npm run bench -- --model FILE.gguf [--prompt 512] [--new 64] [--rounds 3]");
const model = resolve(process.env.INIT_CWD ?? ".", values.model);
const { prompt, new: drawn, adapter } = values;

/** The last line that a process prints, which is JSON. Throws its last line of error. */
function lastLineOf(argv, options) {
  try {
    const out = execFileSync(process.execPath, argv, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 26,
      ...options,
    });
    return JSON.parse(out.trim().split("\n").at(-1));
  } catch (error) {
    const said = String(error.stderr ?? error).split("\n");
    throw new Error(said.find((line) => /Error: /.test(line)) ?? said.find(Boolean) ?? String(error));
  }
}

/** This engine in a process of its own, since Vulkan chooses its driver once per process. */
function runOurs() {
  const argv = ["--model", model, "--prompt", prompt, "--new", drawn, "--adapter", adapter];
  const { prefill, decode, device } = lastLineOf(
    ["scripts/run.mjs", "scripts/bench.ts", ...argv, "--no-kernels", "--json"],
    { cwd: root },
  );
  return {
    prefill: prefill.tokensPerSecond,
    decode: decode.tokensPerSecond,
    device: [device.vendor, device.architecture, device.description].filter(Boolean).join(" "),
  };
}

/** llama.cpp passes over a Vulkan device that is a CPU, unless it is chosen by number. */
const { lavapipe } = await findDrivers();
const onLavapipe = { VK_ICD_FILENAMES: lavapipe, GGML_VK_VISIBLE_DEVICES: "0" };
const env = {
  ...process.env,
  XDG_RUNTIME_DIR: runtimeFolder(),
  ...(adapter === "lavapipe" && onLavapipe),
};
const runPeer = (peer) => lastLineOf(["run-peer.mjs", peer, model, prompt, drawn], { cwd: here, env });

const rows = new Map();
for (let round = 0; round < Number(values.rounds); round++) {
  for (const name of ["ours", ...values.peers.split(",")]) {
    if (round > 0 && !rows.has(name)) continue; // did not run
    try {
      const result = name === "ours" ? runOurs() : runPeer(name);
      rows.set(name, [...(rows.get(name) ?? []), result]);
    } catch (error) {
      if (name === "ours") throw error;
      console.log(`${name} is left out: ${error.message}`);
      rows.delete(name);
    }
  }
}

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const ours = rows.get("ours");
console.log(
  `${prompt} tokens read, ${drawn} written; tokens per second and ours over it, medians of ${values.rounds} rounds in turns\n`,
);
console.log(`${"".padEnd(24)} prefill  ours/it    decode  ours/it  device`);
for (const [name, results] of rows) {
  const [{ version, device, threads }] = results;
  const cells = ["prefill", "decode"].flatMap((phase) => [
    median(results.map((result) => result[phase]))
      .toFixed(2)
      .padStart(8),
    // Ratios of a round, since the machine may be slower in another.
    median(results.map((result, round) => ours[round][phase] / result[phase]))
      .toFixed(2)
      .padStart(8),
  ]);
  const where = threads ? `${device}, ${threads} threads` : device;
  console.log(`${`${name} ${version ?? ""}`.padEnd(24)}${cells.join("  ")}  ${where}`);
}
