import type { Dispatch } from "../../gpu/kernel";
import type { DeltaRuleArgs } from "../../kernels/delta-net/delta-rule";
import type { LayerContext } from "./layer-context";
import type { DeltaNetState } from "../state/layer-state";
import type { DeltaNetWeights } from "../weights/weights";

/** normed → x += a Gated DeltaNet layer. docs/model.md#gated-deltanet */
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

/**
 * Token by token; or by blocks where the tuner found that faster, in steps of any length: which tokens share
 * a block then depends on where reading began and not on how it was cut, as long as the cuts are at whole
 * blocks.
 */
function deltaRule({ scope, kernels, activations }: LayerContext, args: DeltaRuleArgs): readonly Dispatch[] {
  return kernels.deltaRuleBlocks
    ? kernels.deltaRuleBlocks(scope, "delta rule", { ...args, blocks: activations.partial })
    : [kernels.deltaRule(scope, "delta rule", args)];
}
