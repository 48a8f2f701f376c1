import type { QuantizedType } from "../../engine/weights/types/type-facts";
import { float16 } from "./float16";

/**
 * Quantizes `x`, whole blocks of 32 or 256, and returns the values, in f64, that the chosen codes and scales
 * mean.
 *
 * All three minimise Σ (x − y)² of what is stored, with scales as they are after rounding. For Q4_K and Q6_K
 * several roundings of each sub-block are tried, of each the scale by least squares, as llama.cpp's
 * `make_qkx2_quants` and `make_qx_quants` do (ggml-quants.c). Those weigh large weights more; here all count
 * the same. Q4_K fits twice and from three minima: with the largest as the only one, a sub-block with one
 * outlier ended 8 % above llama.cpp. After the block's common scale is fixed, the neighbours of each
 * sub-block's rounded scale are tried too.
 */
export function quantize(type: QuantizedType, x: ArrayLike<number>): Float64Array {
  const [size, quantizeBlock] =
    type === "Q8_0" ? ([32, quantizeQ8_0] as const) : ([256, kBlocks[type]] as const);
  if (x.length % size !== 0)
    throw new RangeError(`${x.length} values are no whole blocks of ${type}, ${size} each.`);
  const y = new Float64Array(x.length);
  for (let at = 0; at < x.length; at += size) {
    const block = Float64Array.from({ length: size }, (_, i) => x[at + i]!);
    y.set(quantizeBlock(block), at);
  }
  return y;
}

/** d f16, q i8: the scale takes the largest to ±127. */
function quantizeQ8_0(x: Float64Array): Float64Array {
  const d = nearestHalf(Math.max(...x.map(Math.abs)) / 127);
  return x.map((value) => (d === 0 ? 0 : d * clamp(Math.round(value / d), -127, 127)));
}

const kBlocks = { Q4_K: quantizeQ4K, Q6_K: quantizeQ6K };

/** y = d scale q − dmin min: q of 4 bits; scale and min of 6 bits for each of 8 sub-blocks; d, dmin f16. */
function quantizeQ4K(x: Float64Array): Float64Array {
  const parts = Array.from({ length: 8 }, (_, s) => x.subarray(32 * s, 32 * s + 32));
  const found = parts.map(searchAffine);
  const d = nearestHalf(Math.max(...found.map(({ scale }) => scale)) / 63);
  const dmin = nearestHalf(Math.max(...found.map(({ min }) => min)) / 63);
  const y = new Float64Array(256);
  parts.forEach((part, s) => {
    const scales = neighbours(d === 0 ? 0 : found[s]!.scale / d, 0, 63);
    const mins = neighbours(dmin === 0 ? 0 : found[s]!.min / dmin, 0, 63);
    const candidates = scales.flatMap((scale) =>
      mins.map((min) => part.map((value) => nearestAffine(value, d * scale, dmin * min))),
    );
    y.set(best(candidates, part), 32 * s);
  });
  return y;
}

function nearestAffine(value: number, scale: number, min: number): number {
  const q = scale === 0 ? 0 : clamp(Math.round((value + min) / scale), 0, 15);
  return scale * q - min;
}

/** The scale, and the min ≥ 0, of 32 weights as scale q − min with q 0 … 15, before either is rounded. */
function searchAffine(x: Float64Array): Affine {
  const low = Math.min(0, ...x);
  const range = Math.max(...x) - low;
  let found: Affine = { scale: range / 15, min: -low };
  if (range === 0) return found;
  let least = Infinity;
  for (const share of [1, 0.5, 0])
    for (let step = 0; step <= 8; step++) {
      let fit: Affine = { scale: range / (14 + 0.25 * step), min: -low * share };
      for (let round = 0; round < 2; round++) fit = fitAffine(x, fit);
      const error = sum(x.map((value) => (nearestAffine(value, fit.scale, fit.min) - value) ** 2));
      if (error < least) {
        least = error;
        found = fit;
      }
    }
  return found;
}

interface Affine {
  readonly scale: number;
  readonly min: number;
}

/** The scale and the min that fit best with the codes that others give. */
function fitAffine(x: Float64Array, { scale: before, min: minBefore }: Affine): Affine {
  const q = x.map((value) => clamp(Math.round((value + minBefore) / before), 0, 15));
  const n = x.length;
  const [sx, sq] = [sum(x), sum(q)];
  const sqq = sum(q.map((code) => code * code));
  const sqx = sum(q.map((code, i) => code * x[i]!));
  const determinant = n * sqq - sq * sq;
  if (determinant <= 0) return { scale: before, min: minBefore };
  const min = (sq * sqx - sqq * sx) / determinant;
  if (min < 0) return { scale: sqx / sqq, min: 0 };
  return { scale: (n * sqx - sq * sx) / determinant, min };
}

/** y = d scale (q − 32): q of 6 bits; scale int8 for each of 16 sub-blocks; d f16. */
function quantizeQ6K(x: Float64Array): Float64Array {
  const parts = Array.from({ length: 16 }, (_, s) => x.subarray(16 * s, 16 * s + 16));
  const found = parts.map(searchSymmetric);
  const largest = found.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  const d = nearestHalf(largest / -128);
  const y = new Float64Array(256);
  parts.forEach((part, s) => {
    const scales = neighbours(d === 0 ? 0 : found[s]! / d, -128, 127);
    const candidates = scales.map((scale) =>
      part.map((value) =>
        d * scale === 0 ? 0 : d * scale * clamp(Math.round(value / (d * scale)), -32, 31),
      ),
    );
    y.set(best(candidates, part), 16 * s);
  });
  return y;
}

/**
 * The scale of 16 weights as scale q with q −32 … 31, before it is rounded; its sign is such that the largest
 * gets −32.
 */
function searchSymmetric(x: Float64Array): number {
  const largest = x.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  if (largest === 0) return 0;
  let found = 0;
  let most = 0;
  for (let step = -9; step <= 9; step++) {
    const q = x.map((value) => clamp(Math.round((-(32 + 0.1 * step) / largest) * value), -32, 31));
    const sqx = sum(q.map((code, i) => code * x[i]!));
    const sqq = sum(q.map((code) => code * code));
    // Σ (x − s q)² with the best s is Σ x² − (Σ q x)² / Σ q².
    if (sqq > 0 && sqx * sqx > most * sqq) {
      most = (sqx * sqx) / sqq;
      found = sqx / sqq;
    }
  }
  return found;
}

/** The nearest whole number within bounds, and the ones beside it. */
function neighbours(value: number, low: number, high: number): number[] {
  const nearest = clamp(Math.round(value), low, high);
  return [nearest, nearest - 1, nearest + 1].filter((n) => n >= low && n <= high);
}

function best(candidates: readonly Float64Array[], x: Float64Array): Float64Array {
  const errors = candidates.map((y) => sum(y.map((value, i) => (value - x[i]!) ** 2)));
  return candidates[errors.indexOf(Math.min(...errors))]!;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

/** The nearest binary16, at most ±65504. */
function nearestHalf(value: number): number {
  const magnitude = Math.min(65504, Math.abs(value));
  let [low, high] = [0, 0x7bff];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (float16(middle) <= magnitude) low = middle;
    else high = middle - 1;
  }
  const above = float16(Math.min(0x7bff, low + 1));
  return Math.sign(value) * (above - magnitude < magnitude - float16(low) ? above : float16(low));
}
