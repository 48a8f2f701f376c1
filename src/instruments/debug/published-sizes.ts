import { fileBytes } from "../../engine/kernels/load/repacking";
import { SPAN_WEIGHTS } from "../../engine/kernels/products/weight-format";
import { planWeights, type WeightsPlan } from "../../engine/runtime/weights/weights-plan";
import type { ModelConfig } from "../../engine/weights/config/model-config";
import { quantizedTypeOf } from "../../engine/weights/config/quantize-choice";
import type { WeightType } from "../../engine/weights/types/type-facts";
import { expectedTensors } from "../../engine/weights/config/tensor-names";

/** The dense models of the family, by the size in their names. */
export const publishedSizes = ["0.8B", "2B", "4B", "9B", "27B"] as const;
export type PublishedSize = (typeof publishedSizes)[number];

type Numbers = readonly [
  hiddenSize: number,
  nLayers: number,
  intermediateSize: number,
  nHeads: number,
  nKvHeads: number,
  nValueHeads: number,
  hasTiedHead: boolean,
];

/** The published configurations: docs/model.md#sizes */
const numbers: Readonly<Record<PublishedSize, Numbers>> = {
  "0.8B": [1024, 24, 3584, 8, 2, 16, true],
  "2B": [2048, 24, 6144, 8, 2, 16, true],
  "4B": [2560, 32, 9216, 16, 4, 32, true],
  "9B": [4096, 32, 12288, 16, 4, 32, false],
  "27B": [5120, 64, 17408, 24, 4, 48, false],
};

/** A published model's sizes, without its file. */
export function publishedConfig(size: PublishedSize): ModelConfig {
  const [hiddenSize, nLayers, intermediateSize, nHeads, nKvHeads, nValueHeads, hasTiedHead] = numbers[size];
  return {
    name: `Qwen3.5 ${size}`,
    architecture: "qwen35",
    vocabSize: 248_320,
    hiddenSize,
    intermediateSize,
    nLayers,
    hasTiedHead,
    layerKinds: Array.from({ length: nLayers }, (_, layer) => ((layer + 1) % 4 === 0 ? "full" : "linear")),
    contextLength: 262_144,
    rmsNormEps: 1e-6,
    attention: { nHeads, nKvHeads, headDim: 256, rotaryDim: 64, ropeTheta: 1e7 },
    deltaNet: { nKeyHeads: 16, nValueHeads, keyDim: 128, valueDim: 128, convKernel: 4 },
  };
}

/**
 * Weights of a model that is not here, as a published 4-bit file mixes its types
 * (engine/weights/config/quantize-choice.ts).
 */
export function planPublishedWeights(config: ModelConfig, maxBindingBytes: number): WeightsPlan {
  const tensors = expectedTensors(config).map((tensor) => {
    const type: WeightType =
      tensor.kind === "vector" ? "F32" : (quantizedTypeOf("q4", tensor, config) ?? "F32");
    const nWeights = tensor.shape.reduce((a, b) => a * b, 1);
    return {
      name: tensor.name,
      shape: tensor.shape,
      type,
      offset: 0,
      sizeBytes: fileBytes(type, nWeights / SPAN_WEIGHTS),
    };
  });
  const gguf = {
    metadata: new Map(),
    tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    dataOffset: 0,
  };
  return planWeights(config, gguf, maxBindingBytes);
}
