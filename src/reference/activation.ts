/** 1 / (1 + e^−x) */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** x σ(x) */
export function silu(x: number): number {
  return x * sigmoid(x);
}

/** ln(1 + eˣ), without overflow for large x nor cancellation for small. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
