import type { KvType } from "../../ground/kv-type";
import { planMemory, longestContext } from "../../engine/runtime/memory-plan";
import type { WeightsPlan } from "../../engine/runtime/weights/weights-plan";
import type { LayerKind, ModelConfig } from "../../engine/weights/config/model-config";
import { linesOf, type LabelledBytes, type MemoryLine } from "./memory-lines";

/** A tensor as it lies in the file and on the GPU. */
export interface PlannedTensor {
  readonly layer: number | null;
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
  readonly format: string;
  readonly sizeBytes: number;
}

/** Memory at one length of the context. */
export interface ContextMemory {
  readonly contextLength: number;
  readonly totalBytes: number;
  /** The part of `totalBytes` that a longer context would add to. */
  readonly kvBytes: number;
  /**
   * The same weights with keys and values in every layer and no recurrent state: a plain transformer of this
   * size.
   */
  readonly allFullBytes: number;
}

export interface LayerPlan {
  readonly contextLength: number;
  /** The longest context of this model on this device. */
  readonly longestContext: number;
  readonly layerKinds: readonly LayerKind[];
  readonly hasTiedHead: boolean;
  readonly lines: readonly MemoryLine[];
  readonly totalBytes: number;
  readonly tensors: readonly PlannedTensor[];
  readonly overContext: readonly ContextMemory[];
}

const SHORTEST = 1024;
const OCTAVES = 10;
const STEPS_PER_OCTAVE = 4;

/** 1,024 to 1,048,576 tokens, evenly on a logarithmic scale. */
export const chartLengths: readonly number[] = Array.from(
  { length: OCTAVES * STEPS_PER_OCTAVE + 1 },
  (_, i) => Math.round(SHORTEST * 2 ** (i / STEPS_PER_OCTAVE)),
);

/** Plans each layer's memory at a context of so many tokens, and the whole at any: from the header alone. */
export function planLayers(
  config: ModelConfig,
  weights: WeightsPlan,
  contextLength: number,
  maxBindingBytes: number,
  kvTypeAt: (contextLength: number) => KvType = () => "f16",
): LayerPlan {
  const longest = longestContext(config);
  const capacity = Math.max(1, Math.min(contextLength, longest));
  const parts = [
    ...weightParts(weights),
    ...stateParts(config, weights, capacity, maxBindingBytes, kvTypeAt(capacity)),
  ];
  const totalAt = (model: ModelConfig, length: number) =>
    planMemory(model, weights, length, maxBindingBytes, kvTypeAt(length));
  const allFull: ModelConfig = { ...config, layerKinds: config.layerKinds.map(() => "full") };
  return {
    contextLength: capacity,
    longestContext: longest,
    layerKinds: config.layerKinds,
    hasTiedHead: config.hasTiedHead,
    lines: linesOf(parts),
    totalBytes: sum(parts.map(({ sizeBytes }) => sizeBytes)),
    tensors: tensorsOf(weights),
    overContext: chartLengths.map((length) => {
      const rows = totalAt(config, length);
      return {
        contextLength: length,
        totalBytes: sum(rows.map(({ bytes }) => bytes)),
        kvBytes: sum(rows.filter(({ kind }) => kind === "KV cache").map(({ bytes }) => bytes)),
        allFullBytes: sum(totalAt(allFull, length).map(({ bytes }) => bytes)),
      };
    }),
  };
}

/** Adds up to `weights.sizeBytes`: a small tensor takes whole units of 256 bytes. */
function weightParts({ matrices, vectors }: WeightsPlan): LabelledBytes[] {
  const kind = "weights";
  return [
    ...matrices.map(({ expected: { layer, role }, pieces }) => ({
      ...({ layer, kind, name: role } as const),
      sizeBytes: sum(pieces.map((piece) => piece.sizeBytes)),
    })),
    ...vectors.map(({ expected: { layer, role }, length }) => ({
      ...({ layer, kind, name: role } as const),
      sizeBytes: Math.ceil((length * 4) / 256) * 256,
    })),
  ];
}

/** Everything but the weights. What the layers of a kind share, each has as much of. */
function stateParts(
  config: ModelConfig,
  weights: WeightsPlan,
  capacity: number,
  maxBindingBytes: number,
  kvType: KvType,
): LabelledBytes[] {
  const layersOf = (kind: LayerKind) =>
    config.layerKinds.flatMap((layerKind, layer) => (layerKind === kind ? [layer] : []));
  return planMemory(config, weights, capacity, maxBindingBytes, kvType).flatMap(
    ({ kind, bytes }): LabelledBytes[] => {
      if (kind === "weights") return [];
      if (kind === "KV cache") return evenly(layersOf("full"), kind, bytes);
      if (kind === "recurrent state" || kind === "convolution state")
        return evenly(layersOf("linear"), kind, bytes);
      return [{ layer: null, kind, name: kind, sizeBytes: bytes }];
    },
  );
}

const evenly = (layers: readonly number[], kind: LabelledBytes["kind"], bytes: number): LabelledBytes[] =>
  layers.map((layer) => ({ layer, kind, name: kind, sizeBytes: bytes / layers.length }));

function tensorsOf({ matrices, vectors }: WeightsPlan): PlannedTensor[] {
  return [
    ...matrices.map(({ expected: { layer, name, shape }, type, format, pieces }) => ({
      layer,
      name,
      shape,
      type,
      format,
      sizeBytes: sum(pieces.map((piece) => piece.sizeBytes)),
    })),
    ...vectors.map(({ expected: { layer, name, shape }, tensor: { type }, length }) => ({
      layer,
      name,
      shape,
      type,
      format: "F32",
      sizeBytes: length * 4,
    })),
  ];
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
