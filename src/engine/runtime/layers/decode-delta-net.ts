import type { GpuRange } from "../../gpu/buffers";
import type { NormedInput } from "../../kernels/products/norm-product";
import type { DecodeContext, ResidualPart } from "./decode-context";
import { addProduct, project } from "./decode-products";
import type { DeltaNetState } from "../state/layer-state";
import type { DeltaNetWeights } from "../weights/weights";

/** x += a Gated DeltaNet layer of the normed input. docs/model.md#gated-deltanet */
export function decodeDeltaNet(
  context: DecodeContext,
  weights: DeltaNetWeights,
  state: DeltaNetState,
  input: NormedInput,
  nextNorm: GpuRange,
): ResidualPart {
  const { scope, kernels, config, sizes, activations: at } = context;
  const { step, projected, gated } = at;
  const { z, b, a } = sizes.deltaNet;
  const out = addProduct(context, "out_proj", {
    matrix: weights.outProj,
    x: gated,
    norm: nextNorm,
    hasValueHeads: true,
  });
  return {
    dispatches: [
      ...project(context, "in_proj_qkv, z, b, a", {
        input,
        y: projected,
        matrices: [
          { matrix: weights.inProjQkv, column: 0 },
          { matrix: weights.inProjZ, column: z },
          { matrix: weights.inProjB, column: b },
          { matrix: weights.inProjA, column: a },
        ],
      }),
      kernels.deltaNetToken(scope, "conv, delta rule, gated norm", {
        step,
        projected,
        y: gated,
        taps: weights.conv1d,
        gates: weights.gates,
        norm: weights.deltaNorm,
        ring: state.ring,
        state: state.recurrent,
        zColumn: z,
        bColumn: b,
        aColumn: a,
        eps: config.rmsNormEps,
      }),
      ...out.dispatches,
    ],
    next: out.next,
  };
}
