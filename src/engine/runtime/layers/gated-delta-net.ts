import type { Dispatch } from "../../gpu/kernel";
import { foldedInput } from "./folded-input";
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
  const { step, normed, projected, convolved, mixed, gated, partial, x } = activations;
  const { nKeyHeads, nValueHeads, valueDim } = config.deltaNet;
  const { row: rowStride, z, b, a } = sizes.deltaNet;
  // By blocks, which tokens share one depends on where reading began and not on how it was cut, as long as
  // the cuts are at whole blocks.
  const deltaRule = kernels.tunedDeltaRule ?? kernels.deltaRule;
  const input = foldedInput(context, "fold", { matrix: weights.inProjQkv, x: normed, into: mixed });
  const output = foldedInput(context, "fold", {
    matrix: weights.outProj,
    x: gated,
    into: projected,
    hasValueHeads: true,
  });
  const project = { x: input.x, y: projected, rowStride };
  // The products of decay and beta are folded only where the file says so: theirs is the plain input.
  const gates = { ...project, x: weights.inProjB.isFolded ? input.x : normed };
  return [
    ...input.dispatches,
    ...multiply("in_proj_qkv", { ...project, matrix: weights.inProjQkv }),
    ...multiply("in_proj_z", { ...project, matrix: weights.inProjZ, column: z }),
    ...multiply("in_proj_b", { ...gates, matrix: weights.inProjB, column: b }),
    ...multiply("in_proj_a", { ...gates, matrix: weights.inProjA, column: a }),
    kernels.causalConv(scope, "causal conv", {
      step,
      projected,
      taps: weights.conv1d,
      ring: state.ring,
      c: convolved,
      nChannels: sizes.convChannels,
      rowStride,
    }),
    ...deltaRule(scope, "delta rule", {
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
      blocks: partial,
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
    ...output.dispatches,
    ...multiply("out_proj", {
      matrix: weights.outProj,
      x: output.x,
      y: x,
      rowStride: config.hiddenSize,
      residual: true,
    }),
  ];
}
