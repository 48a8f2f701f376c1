import type { GpuRange } from "../../gpu/buffers";
import type { NormedInput } from "../../kernels/products/norm-product";
import type { DecodeContext, ResidualPart } from "./decode-context";
import { addProduct, project } from "./decode-products";
import type { KvCache } from "../state/kv-cache";
import type { AttentionWeights } from "../weights/weights";

/** x += a gated full-attention layer of the normed input. docs/model.md#gated-attention */
export function decodeAttention(
  context: DecodeContext,
  weights: AttentionWeights,
  cache: KvCache,
  input: NormedInput,
  nextNorm: GpuRange,
): ResidualPart {
  const { scope, kernels, config, sizes, activations: at, nSplits } = context;
  const { step, projected, gated, partial, extent, rotary } = at;
  const { row: rowStride, k, v } = sizes.attention;
  const nAllSplits = nSplits * cache.segments.length;
  const { rmsNormEps: eps } = config;
  const { nHeads, headDim } = config.attention;
  const out = addProduct(context, "o_proj", { matrix: weights.oProj, x: gated, norm: nextNorm });
  return {
    dispatches: [
      ...project(context, "q_proj, k_proj, v_proj", {
        input,
        y: projected,
        matrices: [
          { matrix: weights.qProj, column: 0 },
          { matrix: weights.kProj, column: k },
          { matrix: weights.vProj, column: v },
        ],
      }),
      ...cache.segments.map((segment, i) =>
        kernels.attentionToken(scope, "norm, rotate, store, attention", {
          step,
          projected,
          norms: weights.norms,
          rotary,
          partialOut: partial,
          extent,
          eps,
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
        nHeads,
        headDim,
      }),
      ...out.dispatches,
    ],
    next: out.next,
  };
}
