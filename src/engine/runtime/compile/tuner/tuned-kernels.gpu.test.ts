import { expect, it } from "vitest";
import { ShaderError } from "../../../../ground/errors";
import type { KernelCompiler } from "../../../gpu/kernel";
import { gpu } from "../../../../testing/gpu/gpu";
import { openNodeFile } from "../../../../testing/models/node-file";
import { readModelConfig } from "../../../weights/config/config";
import { readGguf } from "../../../weights/gguf/gguf";
import { baselineMapping } from "../decode-mapping";
import { compileDecodeKernels } from "../decode-kernels";
import { decodeParts, partKey } from "../decode-parts";
import { shapeKey } from "../prefill-products";
import { compileTunedMatmul } from "./tuned-kernels";
import { planWeights } from "../../weights/weights-plan";

const file = await openNodeFile(new URL("../../../../../goldens/nano-F32.gguf", import.meta.url).pathname);
const gguf = await readGguf(file);
const config = readModelConfig(gguf);
const plan = planWeights(config, gguf, gpu.maxBindingBytes);
await file.close();

/** Makes a compiler as after an update of the driver: what was chosen before it does not compile any more. */
function withoutChoices(error: Error): KernelCompiler {
  const compile: KernelCompiler["compile"] = (spec) =>
    spec.overrides?.["WORKGROUP_SIZE"] === 128 || spec.constants?.["TILE_TOKENS"] === 64
      ? Promise.reject(error)
      : gpu.compiler.compile(spec);
  return { device: gpu.device, compile } as KernelCompiler;
}

const shaderError = new ShaderError("a kernel", []);
const choice = { workgroupSize: 128, rowsPerLane: 2, laneShift: 0, sums: "workgroup" } as const;
const tuned = new Map(decodeParts(config, plan).map((part) => [partKey(part), { choice }]));
const choices = { tuned, mapping: baselineMapping };

it("a mapping of decode that no longer compiles gives way to the baseline", async () => {
  const compiling = compileDecodeKernels(withoutChoices(shaderError), config, plan, "f16", choices);
  const { normProduct, residualProduct, gateUp } = await compiling;
  expect(normProduct.size + residualProduct.size + gateUp.size).toBe(tuned.size);
});

it("a tile that no longer compiles is left out", async () => {
  const shape = { format: "F32", nRows: 64, k: 256 } as const;
  const choice = { arithmetic: "f32", tile: { rows: 64, tokens: 64, stageSpans: 1 } } as const;
  const tuned = new Map([[shapeKey(shape), { choice }]]);
  expect((await compileTunedMatmul(gpu.compiler, [shape], tuned))(shape)).toBeDefined();
  const broken = withoutChoices(shaderError);
  expect((await compileTunedMatmul(broken, [shape], tuned))(shape)).toBeUndefined();
});

it("any other failure is told", async () => {
  const lost = new Error("The device is lost.");
  const compiling = compileDecodeKernels(withoutChoices(lost), config, plan, "f16", choices);
  await expect(compiling).rejects.toBe(lost);
});
