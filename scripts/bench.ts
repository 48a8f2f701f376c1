import { parseArgs } from "node:util";
import { describeBench } from "../src/bench/describe";
import { benchCapacity, runBench } from "../src/bench/run";
import { openModel } from "../src/runtime/open-model";
import { openNodeFile } from "../src/testing/node-file";
import { openNodeGpu } from "../src/testing/node-gpu";
import { oneOf, required, wholeNumber } from "./lib/options";

const usage = `npm run -s bench -- --model FILE.gguf [--prompt 512] [--new 64] [--context 0] [--precision f32|f16|int8]
    [--adapter default|swiftshader|lavapipe] [--no-kernels] [--json]

Prints the device, its measured ceilings, what a decoded token costs, prefill and decode rates, and what each kernel takes.
--context takes several, as in 0,1024,32768; 0 is the prompt alone. With --json the last line is all of it as one object.`;

export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      model: { type: "string" },
      prompt: { type: "string", default: "512" },
      new: { type: "string", default: "64" },
      context: { type: "string", default: "0" },
      precision: { type: "string" },
      adapter: { type: "string", default: "default" },
      "no-kernels": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const sizes = {
    promptTokens: wholeNumber(values.prompt, "--prompt", usage, 1),
    newTokens: wholeNumber(values.new, "--new", usage, 2),
    contextLengths: values.context.split(",").map((text) => wholeNumber(text, "--context", usage, 0)),
  };
  const wanted = values.precision && oneOf(values.precision, ["f32", "f16", "int8"], "--precision", usage);
  const adapter = oneOf(values.adapter, ["default", "swiftshader", "lavapipe"], "--adapter", usage);

  const gpu = await openNodeGpu(adapter);
  const precision = wanted || (gpu.hasF16 ? "f16" : "f32");
  const file = await openNodeFile(required(values.model, "--model", usage));
  const open = await openModel(gpu, file, { contextLength: benchCapacity(sizes), precision });
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
