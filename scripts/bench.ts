import { parseArgs } from "node:util";
import { describeBench } from "../src/instruments/bench/describe";
import { describeLong, longCapacity, runLong } from "../src/instruments/bench/long";
import { describeQuantize, measureQuantize } from "../src/instruments/bench/quantize";
import { benchCapacity, runBench } from "../src/instruments/bench/run";
import { FIRST_ROOM } from "../src/engine/runtime/state/kv-room";
import { peakBytes } from "../src/engine/runtime/memory-peak";
import { planMemory } from "../src/engine/runtime/memory-plan";
import type { Gpu } from "../src/engine/gpu/device";
import { openModel } from "../src/engine/runtime/open-model";
import { deltaRuleFormNames } from "../src/engine/kernels/delta-net/delta-rule-forms";
import { planWeights } from "../src/engine/runtime/weights/weights-plan";
import { openNodeFile } from "../src/testing/models/node-file";
import { openNodeGpu } from "../src/testing/gpu/node-gpu";
import { oneOf, required, wholeNumber } from "./lib/options";

/** Printed for --help, by run.mjs. */
export const usage = `npm run -s bench -- --model FILE.gguf [--prompt 512] [--new 64] [--context 0] [--precision f32|f16|int8]
    [--delta-rule sequential|blocks] [--adapter default|swiftshader|lavapipe] [--no-kernels] [--json]
npm run -s bench -- --suite long [--model FILE.gguf] [--context 8192,32768,65536] [--precision …] [--adapter …] [--json]
npm run -s bench -- --suite quantize [--adapter …] [--json]

Prints the device, its measured ceilings, what a decoded token costs, prefill and decode rates, and what each kernel takes.
--delta-rule says how prefill computes it, in place of the tuner.
--context takes several, as in 0,1024,32768; 0 is the prompt alone. With --json the last line is all of it as one object.
The suite "long" prints peak GPU memory against the plan, rates behind long contexts, and ten long requests in a row; without a
model it takes a small one of random weights. The suite "quantize" prints how many MB of BF16 a second the quantizing shaders take.`;

/** The contexts at which the suite "long" measures rates, and its model where none is named. */
const LONG_CONTEXTS = "8192,32768,65536";
const SMALL_MODEL = "goldens/nano-MIX.gguf";
/** Tokens of each of its ten requests; a software adapter would take an hour. */
const [REQUEST_TOKENS, SOFTWARE_REQUEST_TOKENS] = [8192, 512];

export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      model: { type: "string" },
      prompt: { type: "string", default: "512" },
      new: { type: "string", default: "64" },
      context: { type: "string" },
      suite: { type: "string" },
      precision: { type: "string" },
      "delta-rule": { type: "string" },
      adapter: { type: "string", default: "default" },
      "no-kernels": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const suite = values.suite && oneOf(values.suite, ["long", "quantize"], "--suite", usage);
  const contexts = values.context ?? (suite === "long" ? LONG_CONTEXTS : "0");
  const sizes = {
    promptTokens: wholeNumber(values.prompt, "--prompt", usage, 1),
    newTokens: wholeNumber(values.new, "--new", usage, 2),
    contextLengths: contexts.split(",").map((text) => wholeNumber(text, "--context", usage, 0)),
  };
  const wanted = values.precision && oneOf(values.precision, ["f32", "f16", "int8"], "--precision", usage);
  const deltaRule =
    values["delta-rule"] && oneOf(values["delta-rule"], deltaRuleFormNames, "--delta-rule", usage);
  const adapter = oneOf(values.adapter, ["default", "swiftshader", "lavapipe"], "--adapter", usage);

  const gpu = await openNodeGpu(adapter);
  const precision = wanted || (gpu.hasF16 ? "f16" : "f32");
  if (suite === "long") {
    const { contextLengths } = sizes;
    const model = values.model ?? SMALL_MODEL;
    await runLongSuite(gpu, { model, contextLengths, precision, isJson: values.json });
    return;
  }
  if (suite === "quantize") {
    const report = await measureQuantize(gpu, (gpu.isSoftware ? 1 : 4) * 2 ** 20);
    console.log(`${gpu.info.description || gpu.info.vendor}${gpu.isSoftware ? ": software, no result" : ""}`);
    console.log(describeQuantize(report));
    if (values.json) console.log(JSON.stringify({ device: gpu.info, ...report }));
    gpu.device.destroy();
    return;
  }
  const file = await openNodeFile(required(values.model, "--model", usage));
  const open = await openModel(gpu, file, {
    contextLength: benchCapacity(sizes),
    precision,
    ...(deltaRule && { deltaRule }),
  });
  const report = await runBench(gpu, open, {
    ...sizes,
    readBytes: gpu.isSoftware ? 64 * 2 ** 20 : 2 ** 30,
    kernels: !values["no-kernels"],
  });
  console.log(describeBench(report));
  if (values.json) console.log(JSON.stringify(report));
  open.dispose();
  await file.close();
  gpu.device.destroy();
}

interface LongSuite {
  readonly model: string;
  readonly contextLengths: readonly number[];
  readonly precision: "f32" | "f16" | "int8";
  readonly isJson: boolean;
}

async function runLongSuite(
  gpu: Gpu,
  { model, contextLengths, precision, isJson }: LongSuite,
): Promise<void> {
  const file = await openNodeFile(model);
  const open = await openModel(gpu, file, {
    contextLength: longCapacity(contextLengths),
    room: FIRST_ROOM,
    precision,
  });
  const planned = planWeights(open.config, open.gguf, gpu.maxBindingBytes);
  const { capacity } = open.model;
  const plan = planMemory(open.config, planned, capacity, gpu.maxBindingBytes);
  const report = await runLong(gpu, open, {
    contextLengths,
    plan,
    plannedPeakBytes: peakBytes(open.config, planned, capacity, gpu.maxBindingBytes),
    requestTokens: gpu.isSoftware ? SOFTWARE_REQUEST_TOKENS : REQUEST_TOKENS,
    readBytes: gpu.isSoftware ? 64 * 2 ** 20 : 2 ** 30,
    onProgress: (doing) => process.stderr.write(`${doing}\n`),
  });
  console.log(`${model}, ${precision}, ${gpu.info.description || gpu.info.vendor}`);
  console.log(describeLong(report));
  if (isJson) console.log(JSON.stringify(report));
  open.dispose();
  await file.close();
  gpu.device.destroy();
}
