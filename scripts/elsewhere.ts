import { readFileSync } from "node:fs";
import { meanKl } from "../src/reference/divergence";
import { openNodeGpu } from "../src/testing/node-gpu";
import { main as bench } from "./bench";
import { oneOf, required, wholeNumber } from "./lib/options";
import { main as logits } from "./logits";
import { main as makeModel } from "./make-model";

const usage = `engine.mjs COMMAND [its arguments]

  bench, logits, make-model          as npm run bench, logits, make-model
  adapter [NAME]                     the device, its features and limits; the last line is one JSON object
  compare OUT EXPECTED VOCAB BOUND   the mean KL of two files of logits; fails where it is above BOUND`;

const commands: Readonly<Record<string, (argv: string[]) => void | Promise<void>>> = {
  bench,
  logits,
  "make-model": makeModel,
  adapter: ([name = "default"]) => describeAdapter(name),
  compare: ([out, expected, vocab, bound]) => compare(out, expected, vocab, bound),
};

/** The headless scripts in one program, which bench-elsewhere.sh takes to a machine without this repository. */
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
