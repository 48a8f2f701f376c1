const l2Eps = 1e-6;

/** x / sqrt(Σ x² + 1e-6): eps inside the root, as the official code has it. docs/model.md#l2-norm */
export function l2Norm(x: Float64Array): Float64Array {
  const scale = 1 / Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) + l2Eps);
  return x.map((value) => value * scale);
}
