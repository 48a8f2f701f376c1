import type { Dispatch } from "../../gpu/kernel";
import { foldedInput } from "./folded-input";
import type { LayerContext } from "./layer-context";
import type { KvCache } from "../state/kv-cache";
import type { AttentionWeights } from "../weights/weights";

/** normed → x += a gated full-attention layer. docs/model.md#gated-attention */
export function gatedAttention(
  context: LayerContext,
  weights: AttentionWeights,
  cache: KvCache,
): readonly Dispatch[] {
  const { scope, kernels, config, sizes, activations: at, multiply, nSplits } = context;
  const { step, normed, projected, mixed, gated, partial, extent, rotary, x } = at;
  const { segments } = cache;
  const nAllSplits = nSplits * segments.length;
  const { row: rowStride, k, v } = sizes.attention;
  const input = foldedInput(context, "fold", { matrix: weights.qProj, x: normed, into: mixed });
  const output = foldedInput(context, "fold", { matrix: weights.oProj, x: gated, into: projected });
  const project = { x: input.x, y: projected, rowStride };
  const { rmsNormEps: eps, attention } = config;
  return [
    ...input.dispatches,
    ...multiply("q_proj", { ...project, matrix: weights.qProj }),
    ...multiply("k_proj", { ...project, matrix: weights.kProj, column: k }),
    ...multiply("v_proj", { ...project, matrix: weights.vProj, column: v }),
    ...segments.map((segment) =>
      kernels.attentionPrepare(scope, "norm, rotate, store", {
        step,
        projected,
        norms: weights.norms,
        rotary,
        q: mixed,
        eps,
        ...segment,
      }),
    ),
    ...segments.map((segment, i) =>
      kernels.attention(scope, "attention", {
        step,
        q: mixed,
        partialOut: partial,
        extent,
        ...segment,
        nSplits,
        firstSplit: i * nSplits,
        nAllSplits,
      }),
    ),
    kernels.attentionMerge(scope, "merge, gate", {
      step,
      partialOut: partial,
      extent,
      projected,
      y: gated,
      nSplits: nAllSplits,
      rowStride,
      nHeads: attention.nHeads,
      headDim: attention.headDim,
    }),
    ...output.dispatches,
    ...multiply("o_proj", {
      matrix: weights.oProj,
      x: output.x,
      y: x,
      rowStride: config.hiddenSize,
      residual: true,
    }),
  ];
}
