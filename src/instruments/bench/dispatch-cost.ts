import type { MemoryKind } from "../../ground/memory-kind";
import type { GpuMemory, GpuRange } from "../../engine/gpu/buffers";
import type { Dispatch } from "../../engine/gpu/kernel";
import type { Model } from "../../engine/runtime/model";
import { kvBytesPerToken } from "../../engine/runtime/shape/sizes";
import type { Matrix } from "../../engine/runtime/weights/weights";

export interface DispatchBinding {
  readonly name: string;
  readonly access: "read" | "read_write";
  readonly kind: MemoryKind;
  readonly sizeBytes: number;
}

/** A dispatch as it would be printed, and what it costs in one step. */
export interface DispatchRow {
  readonly label: string;
  readonly pipeline: string;
  readonly workgroups: readonly [x: number, y: number, z: number];
  readonly bindings: readonly DispatchBinding[];
  /**
   * From and to memory: weights once, state read and written, KV as far as it is filled. Activations stay in
   * caches.
   */
  readonly bytes: number;
  /** The operations of products, delta rule and attention, a multiply-add counted as two; 0 for the rest. */
  readonly operations: number;
}

/**
 * Reading S k, reading S q, α S + δ kᵀ: for each element of S and token. Of the form by blocks this is both
 * halves, told of the second.
 */
const DELTA_RULE_OPERATIONS = 7;

export interface StepSize {
  readonly nTokens: number;
  /** Tokens in the cache before the step. */
  readonly kvLength: number;
}

/** The bytes and operations of each dispatch of a list in a step. */
export function dispatchRows(
  memory: GpuMemory,
  model: Model,
  list: readonly Dispatch[],
  { nTokens, kvLength }: StepSize,
): readonly DispatchRow[] {
  const kinds = new Map(memory.rows().map(({ buffer, kind }) => [buffer, kind]));
  const products = productsOf(model);
  const { config } = model;
  const { nHeads, headDim } = config.attention;
  const embedding = new Set(model.weights.embedTokens.pieces.map(({ range }) => range));
  /** Keys and values that a token of the step reads, itself included, on average. */
  const read = kvLength + (nTokens + 1) / 2;

  return list.map((dispatch) => {
    let bytes = 0;
    let operations = 0;
    const isEmbedding = dispatch.label === "embed tokens";
    const kvBindings = dispatch.bindings.filter(({ range }) => kinds.get(range.buffer) === "KV cache");
    // Storing alone binds them to write; what reads them in a step of its own, or both at once, attends.
    const attends = kvBindings.length > 0 && dispatch.label.includes("attention");
    for (const { range, access } of dispatch.bindings) {
      const kind = kinds.get(range.buffer);
      if (kind === "weights") {
        const product = products.get(keyOf(range));
        if (isEmbedding && embedding.has(range)) {
          bytes += (nTokens * range.sizeBytes) / (product?.nRows ?? 1);
          continue;
        }
        bytes += range.sizeBytes;
        // The head reads the last token only.
        const rows = dispatch.label === "lm_head" ? 1 : nTokens;
        if (product) operations += 2 * product.nRows * product.k * rows;
      } else if (kind === "recurrent state" || kind === "convolution state") {
        bytes += range.sizeBytes * (access === "read_write" ? 2 : 1);
        if (kind === "recurrent state") operations += DELTA_RULE_OPERATIONS * (range.sizeBytes / 4) * nTokens;
      }
    }
    if (kvBindings.length > 0) {
      const perToken = 2 * kvBytesPerToken(config, model.kvType);
      bytes += perToken * (attends ? kvLength + nTokens : nTokens);
      if (attends) operations += 4 * nHeads * headDim * read * nTokens;
    }
    const [x, y = 1, z = 1] = dispatch.workgroups(nTokens);
    return {
      label: dispatch.label,
      pipeline: dispatch.pipeline.label,
      workgroups: [x, y, z],
      bindings: dispatch.bindings.map(({ name, access, range }) => ({
        name,
        access,
        kind: kinds.get(range.buffer) ?? "activations",
        sizeBytes: range.sizeBytes,
      })),
      bytes: Math.round(bytes),
      operations: Math.round(operations),
    };
  });
}

const numbers = new WeakMap<GPUBuffer, number>();
let lastNumber = 0;

/** Pieces of matrices are told by where they lie: a binding is that stretch of that buffer. */
function keyOf({ buffer, offset }: GpuRange): string {
  const number = numbers.get(buffer) ?? ++lastNumber;
  numbers.set(buffer, number);
  return `${number} ${offset}`;
}

function productsOf({ weights }: Model): ReadonlyMap<string, { readonly nRows: number; readonly k: number }> {
  const matrices: Matrix[] = [weights.embedTokens, weights.lmHead];
  for (const layer of weights.layers) {
    for (const part of Object.values(layer as object) as unknown[]) {
      if (typeof part === "object" && part !== null && "pieces" in part) matrices.push(part as Matrix);
    }
  }
  return new Map(
    matrices.flatMap(({ pieces, k }) =>
      pieces.map(({ range, nRows }) => [keyOf(range), { nRows, k }] as const),
    ),
  );
}
