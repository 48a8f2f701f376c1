import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { kvTypes } from "../src/ground/kv-type";
import { quantizeChoices } from "../src/ground/quantize-choice";
import { chooseFormatFor } from "../src/engine/runtime/weights/choose-format";
import { logitsOf } from "../src/engine/runtime/logits";
import { openReadModel } from "../src/engine/runtime/open-model";
import { deltaRuleFormNames } from "../src/engine/kernels/delta-net/delta-rule-forms";
import { openNodeModel } from "../src/testing/models/node-model";
import { stretched } from "../src/engine/weights/config/yarn";
import { openNodeGpu } from "../src/testing/gpu/node-gpu";
import { oneOf, wholeNumber, required } from "./lib/options";

/** Printed for --help, by run.mjs. */
export const usage = `npm run -s logits -- --model FILE.gguf|FOLDER --tokens IDS.json --out OUT.f32
    [--mode prefill|decode] [--chunk N] [--start POSITION] [--precision f32|f16|int8] [--kv f16|q8] [--yarn FACTOR]
    [--max-binding BYTES] [--delta-rule sequential|blocks]
    [--adapter default|swiftshader|lavapipe] [--quantize none|q8|q4]

A folder is a model in safetensors; --quantize says what becomes of its plain weights (none: as stored).
Writes float32 [n_tokens, vocab_size]: the logits after each token, from an empty state.`;

/** Logits of a file of token ids, for measuring against the f64 reference. */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      model: { type: "string" },
      tokens: { type: "string" },
      out: { type: "string" },
      mode: { type: "string", default: "prefill" },
      chunk: { type: "string", default: "512" },
      start: { type: "string", default: "0" },
      precision: { type: "string", default: "f32" },
      kv: { type: "string", default: "f16" },
      yarn: { type: "string" },
      "max-binding": { type: "string" },
      "delta-rule": { type: "string", default: "sequential" },
      quantize: { type: "string", default: "none" },
      adapter: { type: "string", default: "default" },
    },
  });
  const modelPath = required(values.model, "--model", usage);
  const ids = JSON.parse(readFileSync(required(values.tokens, "--tokens", usage), "utf8")) as number[];
  const mode = oneOf(values.mode, ["prefill", "decode"], "--mode", usage);
  const precision = oneOf(values.precision, ["f32", "f16", "int8"], "--precision", usage);
  const kvType = oneOf(values.kv, kvTypes, "--kv", usage);
  const adapter = oneOf(values.adapter, ["default", "swiftshader", "lavapipe"], "--adapter", usage);
  const deltaRule = oneOf(values["delta-rule"], deltaRuleFormNames, "--delta-rule", usage);
  const quantize = oneOf(values.quantize, quantizeChoices, "--quantize", usage);
  const chunk = wholeNumber(values.chunk, "--chunk", usage, 1);
  const start = wholeNumber(values.start, "--start", usage, 0);
  const yarn = values.yarn === undefined ? null : wholeNumber(values.yarn, "--yarn", usage, 1);
  const maxBinding = values["max-binding"];

  const gpu = await openNodeGpu(adapter, {
    ...(maxBinding && { maxBindingBytes: wholeNumber(maxBinding, "--max-binding", usage, 256) }),
  });
  if (precision === "f16" && !gpu.hasF16)
    throw new Error(`--precision f16: adapter ${adapter} has no shader-f16.`);
  if (precision === "int8" && !gpu.hasInt8Dot)
    throw new Error(`--precision int8: adapter ${adapter} has no packed 8-bit dot products.`);
  const read = await openNodeModel(modelPath);
  const file = { ...read, config: stretched(read.config, yarn) };
  const open = await openReadModel(gpu, file, {
    contextLength: ids.length,
    precision,
    kvType,
    deltaRule,
    chooseFormat: chooseFormatFor(quantize, file.config),
    allLogits: true,
  });
  const { vocabSize } = open.config;
  const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabSize);
  if (wrong !== undefined)
    throw new Error(`--tokens holds ${wrong}; ids of this model are 0 to ${vocabSize - 1}.`);
  if (open.model.capacity < ids.length) {
    throw new Error(
      `--tokens holds ${ids.length} ids; the context of this model on this device is ${open.model.capacity}.`,
    );
  }
  const out = openSync(required(values.out, "--out", usage), "w");
  for await (const rows of logitsOf(gpu, open.model, ids, { mode, chunk, start })) {
    writeFileSync(out, new Uint8Array(rows.buffer));
  }
  closeSync(out);
  open.dispose();
  await read.close();
  gpu.device.destroy();
}
