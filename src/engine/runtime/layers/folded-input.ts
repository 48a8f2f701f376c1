import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { Hadamard } from "../../kernels/hadamard";
import type { ModelConfig } from "../../weights/config/model-config";
import type { Activations } from "../shape/activations";
import { firstSign } from "../shape/signs";
import type { Matrix } from "../weights/weights";

/** The context that both kinds of lists have: of prefill and of decode. */
interface FoldContext {
  readonly scope: MemoryScope;
  readonly kernels: { readonly hadamard: Hadamard | undefined };
  readonly config: ModelConfig;
  readonly activations: Activations;
}

interface FoldedInput {
  readonly dispatches: readonly Dispatch[];
  /** The input that the product takes. */
  readonly x: GpuRange;
}

/** Transforms the input of a folded matrix into another range; a plain matrix takes the input itself. */
export function foldedInput(
  context: FoldContext,
  label: string,
  args: {
    readonly matrix: Matrix;
    readonly x: GpuRange;
    readonly into: GpuRange;
    /** True of DeltaNet's output product, whose value heads may be grouped. */
    readonly hasValueHeads?: boolean;
    readonly oneRow?: boolean;
    readonly keepsPlain?: boolean;
  },
): FoldedInput {
  const { matrix, x, into, hasValueHeads = false, ...rows } = args;
  if (!matrix.isFolded) return { dispatches: [], x };
  const { scope, config, activations } = context;
  const { nKeyHeads, nValueHeads, valueDim } = config.deltaNet;
  const heads = { members: nValueHeads / nKeyHeads, nKeyHeads, valueDim };
  const transform = hadamardOf(context).input(scope, label, {
    x,
    y: into,
    signs: activations.signs,
    firstSign: firstSign(config, matrix.k),
    width: matrix.k,
    heads: hasValueHeads && config.hadamard?.groupedValueHeads ? heads : undefined,
    ...rows,
  });
  return { dispatches: [transform], x: into };
}

/** The arguments of turning a folded embedding's rows back. */
export const unfoldArgs = ({ config, activations }: FoldContext, { k }: Matrix) => ({
  signs: activations.signs,
  firstSign: firstSign(config, k),
  width: k,
});

/** The kernels of a folded model. */
export function hadamardOf({ kernels }: FoldContext): Hadamard {
  if (!kernels.hadamard) throw new Error("A matrix is folded, and nothing was compiled for it.");
  return kernels.hadamard;
}
