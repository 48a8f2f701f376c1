import { readFileSync } from "node:fs";
import { meanKl } from "../src/reference/divergence";
import { openNodeGpu } from "../src/testing/gpu/node-gpu";
import { main as bench } from "./bench";
import { oneOf, required, wholeNumber } from "./lib/options";
import { main as logits } from "./logits";
import { main as makeModel } from "./make-model";

const usage = `engine.mjs COMMAND [its arguments]

  bench, logits, make-model          as npm run bench, logits, make-model
  adapter [NAME]                     the device, its features and limits; the last line is one JSON object
  ratio RESULTS RUN PROMPT           this engine's rates over llama.cpp's, from lines of results.jsonl that have RUN in them
  compare OUT EXPECTED VOCAB BOUND   the mean KL of two files of logits; fails where it is above BOUND`;

const commands: Readonly<Record<string, (argv: string[]) => void | Promise<void>>> = {
  bench,
  logits,
  "make-model": makeModel,
  adapter: ([name = "default"]) => describeAdapter(name),
  ratio: ([results, run, prompt]) => printRatio(results, run, prompt),
  compare: ([out, expected, vocab, bound]) => compare(out, expected, vocab, bound),
};

/**
 * The headless scripts in one program, which bench-elsewhere.sh takes to a machine without this repository.
 */
export async function main([name, ...argv]: string[]): Promise<void> {
  const command = name === undefined ? undefined : commands[name];
  if (!command) throw new Error(usage);
  await command(argv);
}

async function describeAdapter(name: string): Promise<void> {
  const adapter = oneOf(name, ["default", "swiftshader", "lavapipe"], "adapter", usage);
  const { device, info } = await openNodeGpu(adapter);
  const features = [...device.features].sort();
  const limits: Record<string, number> = {};
  for (const key in device.limits) {
    const value: unknown = device.limits[key as keyof GPUSupportedLimits];
    if (typeof value === "number") limits[key] = value;
  }
  console.log(`device     ${info.vendor} ${info.architecture} ${info.description}`);
  console.log(`features   ${features.join(", ") || "none"}`);
  for (const [key, value] of Object.entries(limits)) console.log(`limit      ${key} ${value}`);
  console.log(JSON.stringify({ device: info, features, limits }));
  device.destroy();
}

interface Result {
  readonly peer?: undefined;
  readonly context: number;
  readonly report: {
    readonly prefill: { readonly tokensPerSecond: number };
    readonly decode: { readonly tokensPerSecond: number };
  };
}

interface PeerResult {
  readonly peer: string;
  readonly report: { readonly version: string; readonly prefill: number; readonly decode: number };
}

/**
 * Prints the ratio of the runs of one file and prompt length: prefill by the fastest, decode behind as many
 * tokens as the prompt has.
 */
function printRatio(path?: string, run?: string, prompt?: string): void {
  const nPrompt = wholeNumber(required(prompt, "PROMPT", usage), "PROMPT", usage, 1);
  const shared = required(run, "RUN", usage).replace(/^\{/, "");
  const lines = readFileSync(required(path, "RESULTS", usage), "utf8").split("\n");
  const results = lines.filter((l) => l.includes(shared)).map((l) => JSON.parse(l) as Result | PeerResult);
  const isPeer = (result: Result | PeerResult): result is PeerResult => result.peer !== undefined;
  const peer = results.findLast(isPeer);
  const ours = results.filter((result) => !isPeer(result));
  if (!peer || ours.length === 0) return;
  const { version, prefill, decode } = peer.report;
  const rate = (n: number) => n.toFixed(1);
  console.log(`llama.cpp ${version}    prefill ${rate(prefill)} tokens/s, decode ${rate(decode)}`);
  const fastest = Math.max(...ours.map(({ report }) => report.prefill.tokensPerSecond));
  console.log(`prefill    ${rate(fastest)} tokens/s, ${(fastest / prefill).toFixed(2)} of llama.cpp's`);
  const behind = ours.find(({ context }) => context === nPrompt)?.report.decode.tokensPerSecond;
  if (behind !== undefined)
    console.log(`decode     ${rate(behind)} tokens/s, ${(behind / decode).toFixed(2)} of llama.cpp's`);
  else console.log(`decode     not compared: name ${nPrompt} among --contexts`);
}

function compare(out?: string, expected?: string, vocab?: string, bound?: string): void {
  const vocabSize = wholeNumber(required(vocab, "VOCAB", usage), "VOCAB", usage, 1);
  const most = Number(required(bound, "BOUND", usage));
  const kl = meanKl(
    floats(required(expected, "EXPECTED", usage)),
    floats(required(out, "OUT", usage)),
    vocabSize,
  );
  console.log(`mean KL    ${kl.toExponential(2)}, at most ${most}`);
  if (!(kl <= most)) throw new Error(`The logits are wrong on this device: mean KL ${kl}, at most ${most}.`);
}

function floats(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
