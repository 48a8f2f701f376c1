import type { GpuMemory } from "../../engine/gpu/buffers";
import type { Model } from "../../engine/runtime/model";
import { kvBytesPerToken } from "../../engine/runtime/shape/sizes";
import type { Matrix } from "../../engine/runtime/weights/weights";

/** The cost of one decoded token, from the bindings of its dispatches. */
export interface TokenCost {
  readonly dispatches: number;
  readonly dispatchesByPart: Readonly<
    Record<"DeltaNet layer" | "attention layer" | "embedding, head, sampling", number>
  >;
  readonly bytes: {
    /** Every weight range that is bound, once. */
    readonly weights: number;
    /** Recurrent and convolution state, read and written. */
    readonly state: number;
    /** Keys and values of the context, read. */
    readonly kv: number;
  };
  readonly totalBytes: number;
}

/**
 * Operations of reading one token behind `contextLength` others, a multiply-add counted as two: the layers'
 * products and attention. The recurrence adds 1 to 3 %.
 */
export function operationsPerToken({ weights, config }: Model, contextLength: number): number {
  const { nHeads, headDim } = config.attention;
  let operations = 0;
  for (const layer of weights.layers) {
    for (const part of Object.values(layer as object) as (object | string)[]) {
      if (typeof part === "object" && isMatrix(part)) operations += 2 * part.nRows * part.k;
    }
    if (layer.kind === "full") operations += 4 * nHeads * headDim * contextLength;
  }
  return operations;
}

const isMatrix = (part: object): part is Matrix => "pieces" in part;

/**
 * Counts the decode lists of a model at a context of `contextLength` tokens. Activations stay in caches and
 * are not counted.
 */
export function countToken(memory: GpuMemory, model: Model, contextLength: number): TokenCost {
  const { config, decode, sample } = model;
  const lists = [...decode.layers, ...decode.head, ...sample];
  const rows = new Map(memory.rows().map(({ buffer, kind }, number) => [buffer, { kind, number }]));
  const seen = new Set<string>();
  let weights = 0;
  let state = 0;
  for (const dispatch of lists) {
    for (const { name, range, access } of dispatch.bindings) {
      const { kind, number } = rows.get(range.buffer)!;
      if (kind === "weights") {
        const key = `${dispatch.label} ${number} ${range.offset}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const isEmbedding = dispatch.label === "embed tokens" && name === "weight";
        weights += isEmbedding ? 0 : range.sizeBytes; // of which one row is read, added below
      } else if (kind === "recurrent state" || kind === "convolution state") {
        state += range.sizeBytes * (access === "read_write" ? 2 : 1);
      }
    }
  }
  const embedding = model.weights.embedTokens;
  const embeddingBytes = embedding.pieces.reduce((sum, piece) => sum + piece.range.sizeBytes, 0);
  weights += embeddingBytes / embedding.nRows; // one row
  const nFull = config.layerKinds.filter((kind) => kind === "full").length;
  const kv = nFull * 2 * contextLength * kvBytesPerToken(config, model.kvType);
  const ofKind = (kind: "linear" | "full") => {
    const layer = config.layerKinds.indexOf(kind);
    return decode.layers.filter((dispatch) => dispatch.label.startsWith(`layers.${layer} `)).length;
  };
  const inLayers = decode.layers.filter((dispatch) => dispatch.label.startsWith("layers.")).length;
  return {
    dispatches: lists.length,
    dispatchesByPart: {
      "DeltaNet layer": ofKind("linear"),
      "attention layer": ofKind("full"),
      "embedding, head, sampling": lists.length - inLayers,
    },
    bytes: { weights: Math.round(weights), state, kv },
    totalBytes: Math.round(weights) + state + kv,
  };
}
