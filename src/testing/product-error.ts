import { dot, row } from "../reference/linear";

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
