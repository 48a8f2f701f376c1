import type { QuantizeChoice } from "../../ground/quantize-choice";
import { fileBytes, keptFormat } from "../kernels/load/repacking";
import { layoutOf, SPAN_WEIGHTS, type WeightFormat } from "../kernels/products/weight-format";
import type { ModelConfig } from "../weights/config/model-config";
import { runsType, type GgmlType, type WeightType } from "../weights/types/type-facts";
import type { HfQuantization } from "../weights/safetensors/hf-quantization";
import { quantizedTypeOf } from "../weights/config/quantize-choice";
import { expectedTensors } from "../weights/config/tensor-names";
import { kvTypeFor, longestContext, planMemory } from "./memory-plan";

/** Contexts that a model is judged by before it is here, in tokens. */
const contextLengths: readonly number[] = [4096, 32_768, 131_072];

export interface MemoryEstimate {
  readonly contextLength: number;
  readonly totalBytes: number;
  /** The choice that plain weights are taken to get; absent where there is nothing to choose. */
  readonly quantize?: QuantizeChoice;
}

/** The weights of a model that is not here, as far as they are known. */
export interface EstimatedWeights {
  /** The bytes of all its files. */
  readonly sizeBytes: number;
  /**
   * For a GGUF, the type of most of its matrices; where those lie larger on the GPU than in the file, all
   * bytes are taken to. For safetensors, the scheme they are stored in.
   */
  readonly type: GgmlType | HfQuantization["kind"] | undefined;
}

/**
 * GPU memory of a model that is not here yet, from its sizes and the length of its files: the plan without
 * the header, which is 10 MB. Contexts that the model or the device does not allow are left out. Plain
 * safetensors are taken to be quantized as they are where the person does not choose: to 8 bits where that
 * fits the budget, else to the 4-bit mix.
 */
export function estimateMemory(
  config: ModelConfig,
  weights: EstimatedWeights,
  { maxBindingBytes, budgetBytes }: { readonly maxBindingBytes: number; readonly budgetBytes: number },
): MemoryEstimate[] {
  const totalOf = (sizeBytes: number, contextLength: number) =>
    planMemory(config, { sizeBytes }, contextLength, maxBindingBytes, kvTypeFor(null, contextLength)).reduce(
      (sum, row) => sum + row.bytes,
      0,
    );
  const isPlain = weights.type === "none" || weights.type === "fp8";
  return contextLengths
    .filter((contextLength) => contextLength <= longestContext(config))
    .map((contextLength) => {
      if (!isPlain) return { contextLength, totalBytes: totalOf(bytesOnGpu(weights), contextLength) };
      const totalBytes = totalOf(quantizedBytes(config, "q8"), contextLength);
      if (totalBytes <= budgetBytes) return { contextLength, totalBytes, quantize: "q8" };
      return {
        contextLength,
        totalBytes: totalOf(quantizedBytes(config, "q4"), contextLength),
        quantize: "q4",
      };
    });
}

/**
 * The growth of quantized safetensors on the GPU, where each 32 weights have a scale of their own: bits a
 * weight of the usual 4-bit groups there and in the file, of 64 (MLX) or 128, with a scale and minimum or
 * zero each.
 */
const packedGrowth: Readonly<Record<string, number>> = {
  mlx: 5 / 4.5,
  gptq: 4.5 / 4.156,
  awq: 5 / 4.156,
  compressed: 4.5 / 4.156,
};

function bytesOnGpu({ sizeBytes, type }: EstimatedWeights): number {
  if (type === undefined) return sizeBytes;
  const growth = packedGrowth[type] ?? (runsType(type) ? growthOf(type) : 1);
  return sizeBytes * growth;
}

/** The bytes of a model's weights, all quantized by choice. */
function quantizedBytes(config: ModelConfig, choice: "q8" | "q4"): number {
  return expectedTensors(config).reduce((sum, tensor) => {
    const nWeights = tensor.shape.reduce((product, n) => product * n, 1);
    if (tensor.kind === "vector") return sum + 4 * nWeights;
    const format: WeightFormat = quantizedTypeOf(choice, tensor, config)!; // only "none" has none
    return sum + layoutOf(format, nWeights / SPAN_WEIGHTS).sizeBytes;
  }, 0);
}

/** Bytes on the GPU for each in the file. */
function growthOf(type: WeightType): number {
  const nSpans = 1024; // whole blocks of every type, and enough that a plane's padding does not count
  return layoutOf(keptFormat(type), nSpans).sizeBytes / fileBytes(type, nSpans);
}
