import type { PlainType, QuantizedType } from "../../weights/types/type-facts";
import type { Program } from "./program";
import { viewOf } from "../products/weight-format";
import q4_k from "../../../../shaders/load/quantize-q4_k.wgsl?raw";
import q6_k from "../../../../shaders/load/quantize-q6_k.wgsl?raw";
import q8_0 from "../../../../shaders/load/quantize-q8_0.wgsl?raw";
import common from "../../../../shaders/lib/quantize.wgsl?raw";

/**
 * The quantizers of plain weights, for each format there is a shader for. One lane takes 32 weights.
 * Equations: src/reference/weights/quantize.ts.
 */
export function quantizePrograms(from: PlainType): Record<QuantizedType, Program> {
  const program = (blockWeights: number, file: string): Program => ({
    lead: common,
    files: [[viewOf(from), "raw"], file],
    blocks: 32 / blockWeights,
    blockWeights,
    isLossless: false,
  });
  return { Q8_0: program(32, q8_0), Q4_K: program(256, q4_k), Q6_K: program(256, q6_k) };
}
