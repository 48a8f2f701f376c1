import { dot, row } from "../linear";

export interface MemoryToken {
  readonly k: Float64Array;
  readonly v: Float64Array;
  /** Decay per key channel. */
  readonly alpha: Float64Array;
  /** The factor of k that reads the state before its decay; α ⊙ b where a rule reads it decayed. */
  readonly read: Float64Array;
  /** The factor of v. */
  readonly write: Float64Array;
}

/** One token stored in S [keyDim, valueDim], in place: docs/model.md#rules-of-memory */
export function memoryStep(S: Float64Array, { k, v, alpha, read, write }: MemoryToken): void {
  const m = recall(
    S,
    k.map((value, i) => value * read[i]!),
    v.length,
  ); //    m = Sᵀ (r ⊙ k)
  const d = v.map((value, j) => write[j]! * value - m[j]!); //                d = w ⊙ v − m
  k.forEach((key, i) => {
    const s = row(S, i, v.length);
    s.forEach((value, j) => (s[j] = alpha[i]! * value + key * d[j]!)); //     S ← Diag(α) S + k dᵀ
  });
}

/** o = Sᵀ q */
export function recall(S: Float64Array, q: Float64Array, valueDim: number): Float64Array {
  const o = new Float64Array(valueDim);
  q.forEach((value, i) => row(S, i, valueDim).forEach((s, j) => (o[j]! += value * s)));
  return o;
}

/**
 * Exact attention over a window's pairs, what the state recalls being one more entry:
 * shaders/lab/memory-window.wgsl.
 */
export function windowBeside(
  recalled: Float64Array,
  q: Float64Array,
  pairs: readonly { readonly k: Float64Array; readonly v: Float64Array }[],
  { scale, threshold }: { readonly scale: number; readonly threshold: number },
): Float64Array {
  const weights = pairs.map(({ k }) => Math.exp(scale * (dot(k, q) - threshold)));
  const total = 1 + weights.reduce((sum, weight) => sum + weight, 0);
  return recalled.map(
    (value, j) => (value + pairs.reduce((sum, { v }, i) => sum + weights[i]! * v[j]!, 0)) / total,
  );
}
