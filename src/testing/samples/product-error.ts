import { SPAN_WEIGHTS } from "../../engine/kernels/products/weight-format";
import { dot, row } from "../../reference/linear";

/** W x in f64, and for each row the sum of |w x|: what an f32 sum's error is to be compared with. */
export function productOf(W: Float64Array, x: Float64Array): { values: Float64Array; sizes: Float64Array } {
  const magnitude = x.map(Math.abs);
  const nRows = W.length / x.length;
  const values = new Float64Array(nRows);
  const sizes = new Float64Array(nRows);
  for (let r = 0; r < nRows; r++) {
    const w = row(W, r, x.length);
    values[r] = dot(w, x);
    sizes[r] = dot(w.map(Math.abs), magnitude);
  }
  return { values, sizes };
}

/** Largest error of `actual` in shares of `sizes`. */
export function worstShare(actual: ArrayLike<number>, values: Float64Array, sizes: Float64Array): number {
  let worst = 0;
  values.forEach((value, i) => {
    const share = Math.abs(actual[i]! - value) / (sizes[i]! + Math.abs(value));
    if (!(share <= worst)) worst = Number.isNaN(share) ? Infinity : share;
  });
  return worst;
}

/**
 * Each 32 values divided by their largest over 127, rounded and multiplied again: what int8 products work on.
 */
export function roundedToInt8(x: Float32Array): Float64Array {
  const rounded = new Float64Array(x.length);
  for (let span = 0; span < x.length; span += SPAN_WEIGHTS) {
    const values = x.subarray(span, span + SPAN_WEIGHTS);
    const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const inverse = Math.fround(127 / most);
    values.forEach((value, i) => {
      if (most > 0) rounded[span + i] = (Math.round(Math.fround(value * inverse)) * most) / 127;
    });
  }
  return rounded;
}
