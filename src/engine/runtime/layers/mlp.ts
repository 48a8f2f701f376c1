import type { Dispatch } from "../../gpu/kernel";
import type { LayerContext } from "./layer-context";
import type { LayerWeights } from "../weights/weights";

/** normed → x += down(silu(gate) ⊙ up). Shazeer 2020, arXiv:2002.05202. */
export function mlp(context: LayerContext, weights: LayerWeights): readonly Dispatch[] {
  const { scope, kernels, config, multiply, activations } = context;
  const { step, normed, gateUp, swiglu, x } = activations;
  const { intermediateSize, hiddenSize } = config;
  const project = { x: normed, y: gateUp, rowStride: 2 * intermediateSize };
  return [
    ...multiply("gate_proj", { ...project, matrix: weights.gateProj }),
    ...multiply("up_proj", { ...project, matrix: weights.upProj, column: intermediateSize }),
    kernels.swiglu(scope, "swiglu", { step, gateUp, y: swiglu, intermediateSize }),
    ...multiply("down_proj", {
      matrix: weights.downProj,
      x: swiglu,
      y: x,
      rowStride: hiddenSize,
      residual: true,
    }),
  ];
}
