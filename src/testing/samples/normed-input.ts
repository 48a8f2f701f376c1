import type { NormedInput } from "../../engine/kernels/products/norm-product";
import { rmsNorm } from "../../reference/rms-norm";
import { upload } from "../gpu/gpu";
import { randomNormal } from "./random";

const EPS = 1e-6;

/**
 * The input of a product with its norm folded in, as a kernel before would leave it, and the normed row in
 * f64.
 */
export function normedInput(k: number, nSquares: number, seed: number) {
  const hidden = randomNormal(k, seed);
  const norm = randomNormal(k, seed + 1).map((value) => 1 + 0.3 * value);
  const weighted = hidden.map((value, i) => value * norm[i]!);
  // Each sum of squares takes every nSquares-th value: how they are shared does not matter.
  // Whole vec4s, as kernels read them; what is past the last sum is not one.
  const squares = new Float32Array(Math.ceil(nSquares / 4) * 4).fill(NaN);
  squares.fill(0, 0, nSquares);
  hidden.forEach((value, i) => (squares[i % nSquares]! += value * value));
  const input: NormedInput = {
    weighted: upload(weighted),
    squares: upload(squares),
    nSquares,
    hiddenSize: k,
    eps: EPS,
  };
  return { input, normed: rmsNorm(Float64Array.from(hidden), Float64Array.from(norm), EPS) };
}
