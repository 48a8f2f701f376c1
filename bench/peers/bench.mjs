// Runs one GGUF file and one prompt through this engine (Node over Dawn), llama.cpp (native) and wllama
// (Chromium), in turns, and prints rates and ratios. See README.md.
import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openLlamaCpp } from "./llama-cpp.mjs";
import { openWllama } from "./wllama.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

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
const [promptTokens, newTokens, rounds] = [values.prompt, values.new, values.rounds].map(Number);

/** Each peer's `run` gives tokens per second: { prefill, decode }. */
const open = {
  vulkan: () => openLlamaCpp(model, "vulkan"),
  cpu: () => openLlamaCpp(model, false),
  wllama: () => openWllama(model),
};

/** This engine in a process of its own, since Vulkan chooses its driver once per process. */
function runOurs() {
  const argv = ["--model", model, "--prompt", promptTokens, "--new", newTokens, "--adapter", values.adapter];
  const out = execFileSync(
    process.execPath,
    ["scripts/run.mjs", "scripts/bench.ts", ...argv.map(String), "--no-kernels", "--json"],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 26 },
  );
  const report = JSON.parse(out.trim().split("\n").at(-1));
  return {
    prefill: report.prefill.tokensPerSecond,
    decode: report.decode.tokensPerSecond,
    device: report.device,
  };
}

const rates = new Map();
const note = (name, rate) => rates.set(name, [...(rates.get(name) ?? []), rate]);
for (let round = 0; round < rounds; round++) {
  const ours = runOurs();
  if (round === 0)
    console.log(`device  ${ours.device.vendor} ${ours.device.architecture} ${ours.device.description}`);
  note("ours", ours);
  for (const name of values.peers.split(",")) {
    // Opened and closed each time: models of two engines at once would share the card's memory and caches.
    try {
      const peer = await open[name]();
      try {
        note(`${name} ${peer.version}`, await peer.run(promptTokens, newTokens));
      } finally {
        await peer.close();
      }
    } catch (error) {
      if (round === 0) console.log(`${name}: left out: ${String(error).split("\n")[0]}`);
    }
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const of = (name, phase) => median(rates.get(name).map((rate) => rate[phase]));
console.log(
  `${promptTokens} tokens read, ${newTokens} written; tokens per second, median of ${rounds} rounds in turns\n`,
);
console.log(`${"".padEnd(28)}  prefill  ours/it   decode  ours/it`);
for (const name of rates.keys()) {
  const cells = ["prefill", "decode"].flatMap((phase) => [
    of(name, phase).toFixed(1).padStart(9),
    (of("ours", phase) / of(name, phase)).toFixed(2).padStart(8),
  ]);
  console.log(name.padEnd(28) + cells.join(""));
}
process.exit(0); // native threads would keep the process alive
