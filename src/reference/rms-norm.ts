/**
 * y = x / sqrt(mean(x²) + eps) ⊙ weight, for one row. GGUF stores the weight as it is used (1 + w of the
 * checkpoint). Zhang & Sennrich 2019, arXiv:1910.07467.
 */
export function rmsNorm(x: Float64Array, weight: Float64Array, eps: number): Float64Array {
  const meanSquare = x.reduce((sum, value) => sum + value * value, 0) / x.length;
  const scale = 1 / Math.sqrt(meanSquare + eps);
  return x.map((value, i) => value * scale * weight[i]!);
}
