import type { ExpectedTensor } from "../../engine/weights/config/tensor-names";
import { Random } from "../../ground/random";

/**
 * Which rows of a tensor (or entries of a norm) are larger, and how much: a few activation channels become
 * `factor` times the others, as trained models have them. Each kind has its own layers, so that no channel is
 * multiplied twice and the f32 model stays finite: the middle of the MLP in layers 0, 4, 8 …; the convolved
 * values and what a linear layer adds to the residual in 1, 5, …; the normed input of a linear layer in 2, 6,
 * …; what attention adds to the residual in 3, 7, …. Attention's own values are left alone: the KV cache is
 * f16 by design.
 */
export function outlierScale(
  { role, layer, shape }: ExpectedTensor,
  factor: number,
  seed: number,
): (row: number) => number {
  const even = () => 1;
  if (factor === 1 || layer === null) return even;
  const roles = [["upProj"], ["inProjQkv", "outProj"], ["inputNorm"], ["oProj"]][layer % 4]!;
  if (!roles.includes(role)) return even;
  const random = new Random(seed);
  const nRows = shape[0]!;
  const nOutliers = 4;
  // The last quarter of inProjQkv's rows are values in every shape; its queries and keys are normalised away.
  const first = role === "inProjQkv" ? Math.ceil(nRows * 0.75) : 0;
  const rows = new Set<number>();
  while (rows.size < nOutliers) rows.add(first + Math.floor(random.uniform() * (nRows - first)));
  return (row) => (rows.has(row) ? factor : 1);
}
