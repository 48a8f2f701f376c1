import { silu } from "./activation";
import { row } from "./linear";
import { rmsNorm } from "./rms-norm";

/**
 * y[h] = rmsNorm(o[h]) ⊙ weight ⊙ silu(z[h]) for each head: norm first, gate after. o, z, y [nHeads,
 * headDim]; weight [headDim], shared by the heads. docs/model.md#gated-norm
 */
export function gatedNorm(o: Float64Array, z: Float64Array, weight: Float64Array, eps: number): Float64Array {
  const headDim = weight.length;
  const y = new Float64Array(o.length);
  for (let head = 0; head < o.length / headDim; head++)
    y.set(rmsNorm(row(o, head, headDim), weight, eps), head * headDim);
  return y.map((value, i) => value * silu(z[i]!));
}
