import { rotaryTable } from "../../engine/runtime/shape/rotary";
import type { ModelConfig } from "../../engine/weights/config/model-config";

/** Bins of a picture of attention; more than a panel is wide in pixels would not be seen. */
const MOST_BINS = 512;
/** Positions that are told of each head. */
const N_TOP = 12;

/** The positions that the last token attends to in one layer. */
export interface AttentionLook {
  readonly nHeads: number;
  /** Positions of a bin: 1 while there are as many bins. */
  readonly binTokens: number;
  /** f32 [head, bin]: the share of its attention that a head gives to the bin's positions. */
  readonly bins: Float32Array;
  /** [head]: the positions it looks at most, with their share, the largest first. */
  readonly top: readonly (readonly { readonly position: number; readonly weight: number }[])[];
}

/**
 * The last token's query of each head, normalised and rotated in f64, so that its dot product with a cached
 * key is a score. docs/model.md#rotary-positions
 *
 * @param queries  f32 [nHeads, query | gate, headDim], as qProj gives them
 * @param qNorm    f32 [headDim]
 */
export function lookingQueries(
  queries: Float32Array,
  qNorm: Float32Array,
  config: ModelConfig,
  position: number,
): readonly Float64Array[] {
  const { nHeads, headDim, rotaryDim } = config.attention;
  const table = rotaryTable(config.attention);
  return Array.from({ length: nHeads }, (_, head) => {
    const query = queries.subarray(2 * head * headDim, (2 * head + 1) * headDim);
    const q = normalised(query, qNorm, config.rmsNormEps);
    rotate(q, table, rotaryDim / 2, position);
    return q;
  });
}

/**
 * Writes q kᵀ / √headDim of some consecutive tokens into `scores`, f32 [nHeads, nTokens].
 *
 * @param keys  f32 [token, nKvHeads, headDim], normalised and rotated, from token `firstToken` on
 */
export function scoreKeys(
  scores: Float32Array,
  queries: readonly Float64Array[],
  keys: Float32Array,
  firstToken: number,
  { attention: { nHeads, nKvHeads, headDim } }: ModelConfig,
): void {
  const nTokens = scores.length / nHeads;
  const group = nHeads / nKvHeads;
  for (let row = 0; row * headDim < keys.length; row++) {
    const position = firstToken + Math.floor(row / nKvHeads);
    const firstHead = (row % nKvHeads) * group;
    for (let head = firstHead; head < firstHead + group; head++) {
      const q = queries[head]!;
      let score = 0;
      for (let i = 0; i < headDim; i++) score += q[i]! * keys[row * headDim + i]!;
      scores[head * nTokens + position] = score / Math.sqrt(headDim);
    }
  }
}

/** Softmax of the scores, summed in bins, and where it is largest. `scores` becomes the weights. */
export function lookOf(scores: Float32Array, nHeads: number): AttentionLook {
  const nTokens = scores.length / nHeads;
  const binTokens = Math.ceil(nTokens / MOST_BINS);
  const nBins = Math.ceil(nTokens / binTokens);
  const bins = new Float32Array(nHeads * nBins);
  const top = Array.from({ length: nHeads }, (_, head) => {
    const weights = scores.subarray(head * nTokens, (head + 1) * nTokens);
    softmax(weights);
    weights.forEach((weight, position) => (bins[head * nBins + Math.floor(position / binTokens)]! += weight));
    return highest(weights, N_TOP).map((position) => ({ position, weight: weights[position]! }));
  });
  return { nHeads, binTokens, bins, top };
}

/** The places of the largest values, in order. One walk: there may be a vocabulary of them, or a context. */
export function highest(values: Float32Array | Float64Array, count: number): number[] {
  const places: number[] = [];
  values.forEach((value, place) => {
    if (places.length === count && value <= values[places.at(-1)!]!) return;
    const before = places.findIndex((other) => values[other]! < value);
    places.splice(before < 0 ? places.length : before, 0, place);
    if (places.length > count) places.pop();
  });
  return places;
}

function normalised(head: Float32Array, weight: Float32Array, eps: number): Float64Array {
  let squares = 0;
  for (const value of head) squares += value * value;
  const scale = 1 / Math.sqrt(squares / head.length + eps);
  return Float64Array.from(head, (value, i) => value * scale * weight[i]!);
}

/**
 * Pairs dim i with dim i + half; the table gives the angle of a position as the sum of a coarse and a fine
 * one.
 */
function rotate(head: Float64Array, table: Float32Array, half: number, position: number): void {
  const coarseAt = Math.floor(position / 1024) * half;
  const fineAt = (1024 + (position % 1024)) * half;
  for (let i = 0; i < half; i++) {
    const [c1, s1] = [table[(coarseAt + i) * 2]!, table[(coarseAt + i) * 2 + 1]!];
    const [c2, s2] = [table[(fineAt + i) * 2]!, table[(fineAt + i) * 2 + 1]!];
    const [cos, sin] = [c1 * c2 - s1 * s2, s1 * c2 + c1 * s2];
    const [x, y] = [head[i]!, head[half + i]!];
    head[i] = x * cos - y * sin;
    head[half + i] = y * cos + x * sin;
  }
}

function softmax(scores: Float32Array): void {
  const largest = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - largest);
  scores.forEach((score, i) => (scores[i] = Math.exp(score - largest) / sum));
}
