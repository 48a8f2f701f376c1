import { rotaryTable } from "../runtime/rotary";
import type { ModelConfig } from "../weights/config";

export interface AttentionCapture {
  /** f32 [nHeads, query | gate, headDim] of the last token, as qProj gives it. */
  readonly queries: Float32Array;
  /** f32 [nTokens, nKvHeads, headDim], as kProj gives them. */
  readonly keys: Float32Array;
  /** f32 [qNorm: headDim | kNorm: headDim] */
  readonly norms: Float32Array;
}

/**
 * How much the last token looks at each position: softmax(q Kᵀ / √headDim), [nHeads, nTokens]. All is normalised and
 * rotated here, in f64, so that it does not matter how the cache keeps keys. Reference 2.3.
 */
export function attentionWeights(
  { queries, keys, norms }: AttentionCapture,
  config: ModelConfig,
): Float32Array {
  const { nHeads, nKvHeads, headDim, rotaryDim } = config.attention;
  const nTokens = keys.length / (nKvHeads * headDim);
  const table = rotaryTable(config.attention);
  const prepared = (head: Float32Array, norm: Float32Array, position: number) => {
    const out = normalised(head, norm, config.rmsNormEps);
    rotate(out, table, rotaryDim / 2, position);
    return out;
  };
  const [qNorm, kNorm] = [norms.subarray(0, headDim), norms.subarray(headDim, 2 * headDim)];
  const q = Array.from({ length: nHeads }, (_, head) =>
    prepared(queries.subarray(2 * head * headDim, (2 * head + 1) * headDim), qNorm, nTokens - 1),
  );
  const weights = new Float32Array(nHeads * nTokens);
  const group = nHeads / nKvHeads;
  for (let position = 0; position < nTokens; position++) {
    for (let kvHead = 0; kvHead < nKvHeads; kvHead++) {
      const at = (position * nKvHeads + kvHead) * headDim;
      const key = prepared(keys.subarray(at, at + headDim), kNorm, position);
      for (let head = kvHead * group; head < (kvHead + 1) * group; head++) {
        let score = 0;
        for (let i = 0; i < headDim; i++) score += q[head]![i]! * key[i]!;
        weights[head * nTokens + position] = score / Math.sqrt(headDim);
      }
    }
  }
  for (let head = 0; head < nHeads; head++) softmax(weights.subarray(head * nTokens, (head + 1) * nTokens));
  return weights;
}

function normalised(head: Float32Array, weight: Float32Array, eps: number): Float64Array {
  let squares = 0;
  for (const value of head) squares += value * value;
  const scale = 1 / Math.sqrt(squares / head.length + eps);
  return Float64Array.from(head, (value, i) => value * scale * weight[i]!);
}

/** Pairs dim i with dim i + half; the table gives the angle of a position as the sum of a coarse and a fine one. */
function rotate(key: Float64Array, table: Float32Array, half: number, position: number): void {
  const coarseAt = Math.floor(position / 1024) * half;
  const fineAt = (1024 + (position % 1024)) * half;
  for (let i = 0; i < half; i++) {
    const [c1, s1] = [table[(coarseAt + i) * 2]!, table[(coarseAt + i) * 2 + 1]!];
    const [c2, s2] = [table[(fineAt + i) * 2]!, table[(fineAt + i) * 2 + 1]!];
    const [cos, sin] = [c1 * c2 - s1 * s2, s1 * c2 + c1 * s2];
    const [x, y] = [key[i]!, key[half + i]!];
    key[i] = x * cos - y * sin;
    key[half + i] = y * cos + x * sin;
  }
}

function softmax(scores: Float32Array): void {
  const highest = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - highest);
  scores.forEach((score, i) => (scores[i] = Math.exp(score - highest) / sum));
}
