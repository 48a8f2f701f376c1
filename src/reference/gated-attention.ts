import { sigmoid } from "./activation";
import { dot, row } from "./linear";
import { rmsNorm } from "./rms-norm";
import { rotate, type RotaryConfig } from "./rotary";

export interface GatedAttentionConfig extends RotaryConfig {
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly headDim: number;
}

/** Keys (normalised, rotated) and values of the tokens so far, one [nKvHeads × headDim] each. */
export interface KvCache {
  readonly keys: Float64Array[];
  readonly values: Float64Array[];
}

export interface GatedAttentionInput {
  /** qProj's product, [nHeads, query | gate, headDim]: each head's gate follows its query. */
  readonly queryAndGate: Float64Array;
  /** [nKvHeads, headDim], as kProj and vProj give them. */
  readonly k: Float64Array;
  readonly v: Float64Array;
  readonly qNorm: Float64Array;
  readonly kNorm: Float64Array;
  readonly position: number;
  readonly eps: number;
}

/**
 * One token of gated grouped-query attention: q and k are normalised per head and rotated, k and v appended
 * to the cache, and query head h attends to all of it with kv head floor(h / (nHeads / nKvHeads)), scale
 * headDim^−½. Then ⊙ σ(gate). Returns [nHeads, headDim], before oProj. docs/model.md#gated-attention
 */
export function gatedAttention(
  input: GatedAttentionInput,
  cache: KvCache,
  config: GatedAttentionConfig,
): Float64Array {
  const { nHeads, nKvHeads, headDim } = config;
  const { qNorm, kNorm, position, eps } = input;
  const prepare = (head: Float64Array, weight: Float64Array) =>
    rotate(rmsNorm(head, weight, eps), position, config);

  const rotatedKeys = new Float64Array(nKvHeads * headDim);
  for (let head = 0; head < nKvHeads; head++)
    rotatedKeys.set(prepare(row(input.k, head, headDim), kNorm), head * headDim);
  cache.keys.push(rotatedKeys);
  cache.values.push(input.v.slice());

  const y = new Float64Array(nHeads * headDim);
  for (let head = 0; head < nHeads; head++) {
    const kvHead = Math.floor(head / (nHeads / nKvHeads));
    const q = prepare(row(input.queryAndGate, 2 * head, headDim), qNorm);
    const gate = row(input.queryAndGate, 2 * head + 1, headDim);
    const o = attend(
      q,
      cache.keys.map((keys) => row(keys, kvHead, headDim)),
      cache.values.map((values) => row(values, kvHead, headDim)),
    );
    y.set(
      o.map((value, i) => value * sigmoid(gate[i]!)),
      head * headDim,
    );
  }
  return y;
}

/** softmax(q Kᵀ / √headDim) V for one head. */
export function attend(
  q: Float64Array,
  keys: readonly Float64Array[],
  values: readonly Float64Array[],
): Float64Array {
  const scores = keys.map((key) => dot(q, key) / Math.sqrt(q.length));
  const highest = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  const weights = scores.map((score) => Math.exp(score - highest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const o = new Float64Array(q.length);
  values.forEach((value, t) => value.forEach((x, i) => (o[i]! += (weights[t]! / sum) * x)));
  return o;
}
