import { onlyWhere, type Dispatch } from "../gpu/kernel";
import type { DeltaRuleArgs } from "../kernels/delta-rule";
import { BLOCK_TOKENS } from "../kernels/delta-rule-blocks";
import type { LayerContext } from "./layer-context";
import type { DeltaNetState } from "./state";
import type { DeltaNetWeights } from "./weights";

/** Steps of fewer tokens take the delta rule token by token, also where blocks are faster: they would be mostly padding, or one. */
export const LEAST_BLOCKED_TOKENS = 2 * BLOCK_TOKENS;

/** normed → x += a Gated DeltaNet layer. Yang et al. 2024, arXiv:2412.06464; reference 2.4. */
export function gatedDeltaNet(
  context: LayerContext,
  weights: DeltaNetWeights,
  state: DeltaNetState,
): readonly Dispatch[] {
  const { scope, kernels, config, sizes, activations, multiply } = context;
  const { step, normed, projected, convolved, mixed, gated, x } = activations;
  const { nKeyHeads, nValueHeads, valueDim } = config.deltaNet;
  const { row: rowStride, z, b, a } = sizes.deltaNet;
  const project = { x: normed, y: projected, rowStride };
  return [
    ...multiply("in_proj_qkv", { ...project, matrix: weights.inProjQkv }),
    ...multiply("in_proj_z", { ...project, matrix: weights.inProjZ, column: z }),
    ...multiply("in_proj_b", { ...project, matrix: weights.inProjB, column: b }),
    ...multiply("in_proj_a", { ...project, matrix: weights.inProjA, column: a }),
    kernels.causalConv(scope, "causal conv", {
      step,
      projected,
      taps: weights.conv1d,
      ring: state.ring,
      c: convolved,
      nChannels: sizes.convChannels,
      rowStride,
    }),
    ...deltaRule(context, {
      step,
      c: convolved,
      projected,
      gates: weights.gates,
      state: state.recurrent,
      o: mixed,
      nKeyHeads,
      nValueHeads,
      valueDim,
      rowStride,
      bColumn: b,
      aColumn: a,
    }),
    kernels.gatedNorm(scope, "gated norm", {
      step,
      o: mixed,
      projected,
      weight: weights.deltaNorm,
      y: gated,
      nHeads: nValueHeads,
      headDim: valueDim,
      rowStride,
      zColumn: z,
      eps: config.rmsNormEps,
    }),
    ...multiply("out_proj", {
      matrix: weights.outProj,
      x: gated,
      y: x,
      rowStride: config.hiddenSize,
      residual: true,
    }),
  ];
}

/** Token by token; or by blocks in steps that are long enough, where the tuner found that faster. */
function deltaRule({ scope, kernels, activations }: LayerContext, args: DeltaRuleArgs): readonly Dispatch[] {
  const inTurn = kernels.deltaRule(scope, "delta rule", args);
  if (!kernels.deltaRuleBlocks || activations.chunk < LEAST_BLOCKED_TOKENS) return [inTurn];
  const byBlocks = kernels.deltaRuleBlocks(scope, "delta rule", { ...args, blocks: activations.partial });
  const isLong = (nTokens: number) => nTokens >= LEAST_BLOCKED_TOKENS;
  return [
    onlyWhere(inTurn, (nTokens) => !isLong(nTokens)),
    ...byBlocks.map((dispatch) => onlyWhere(dispatch, isLong)),
  ];
}
