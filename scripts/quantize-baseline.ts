import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { dequantize } from "../src/reference/weights/dequantize";
import {
  quantizeSample,
  sampleNames,
  squaredError,
  type QuantizeBaseline,
} from "../src/testing/samples/quantize-samples";
import { ggmlTypes, quantizedTypes } from "../src/engine/weights/types/type-facts";
import { required } from "./lib/options";

/** Printed for --help, by run.mjs. */
export const usage = `quantize-baseline: writes goldens/quantize-baseline.json, the squared error of llama.cpp's quantizer on made samples.

  npm pack @node-llama-cpp/linux-x64 && tar xzf node-llama-cpp-linux-x64-*.tgz       somewhere outside this folder
  npm run -s quantize-baseline -- --library …/package/bins/linux-x64/libggml-base.so --version VERSION

Needs python3.`;

/** Calls ggml_quantize_chunk, which has no importance matrix here, and dequantizes what comes back in f64. */
export function main(argv: string[]): void {
  const { values } = parseArgs({
    args: argv,
    options: { library: { type: "string" }, version: { type: "string" } },
  });
  const library = resolve(required(values.library, "--library", usage));
  const version = required(values.version, "--version", usage);
  const quantizer = (type: number, sample: Float32Array) =>
    execFileSync("python3", ["scripts/lib/ggml-quantize.py", library, String(type), "1024"], {
      input: new Uint8Array(sample.buffer),
      maxBuffer: 64 << 20,
    });
  const errors = quantizedTypes.map((type) => {
    const bySample = sampleNames.map((name) => {
      const sample = quantizeSample(name);
      return [name, squaredError(dequantize(type, quantizer(ggmlTypes[type].id, sample)), sample)] as const;
    });
    return [type, Object.fromEntries(bySample)] as const;
  });
  const baseline = {
    library: `libggml-base of @node-llama-cpp/linux-x64 ${version}`,
    squaredError: Object.fromEntries(errors),
  } as QuantizeBaseline;
  writeFileSync("goldens/quantize-baseline.json", `${JSON.stringify(baseline, null, 2)}\n`);
  console.log(JSON.stringify(baseline, null, 2));
}
