import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { NormedInput } from "../../kernels/products/norm-product";
import type { ModelConfig } from "../../weights/config/model-config";
import type { Activations } from "../shape/activations";
import type { DecodeKernels } from "../compile/decode-kernels";
import type { Sizes } from "../shape/sizes";

/** The context that every layer of the decode lists is built from. */
export interface DecodeContext {
  readonly scope: MemoryScope;
  readonly kernels: DecodeKernels;
  readonly config: ModelConfig;
  readonly sizes: Sizes;
  readonly activations: Activations;
  /** Parts that attention splits the cache into. */
  readonly nSplits: number;
}

/**
 * Dispatches that end by adding to the residual stream, and what they leave for the norm of the product after
 * them.
 */
export interface ResidualPart {
  readonly dispatches: readonly Dispatch[];
  readonly next: NormedInput;
}

/** The range of the residual stream times the next norm's weights, with so many sums of its squares. */
export function normedInput({ activations, config }: DecodeContext, nSquares: number): NormedInput {
  const { normed: weighted, squares } = activations;
  return { weighted, squares, nSquares, hiddenSize: config.hiddenSize, eps: config.rmsNormEps };
}

/** The buffers that a kernel which ends in the residual stream writes, and the norm it prepares. */
export const residualOf = ({ activations }: DecodeContext, norm: GpuRange) => ({
  norm,
  hidden: activations.x,
  weighted: activations.normed,
  squares: activations.squares,
});
