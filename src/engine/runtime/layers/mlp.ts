import type { Dispatch } from "../../gpu/kernel";
import { foldedInput } from "./folded-input";
import type { LayerContext } from "./layer-context";
import type { LayerWeights } from "../weights/weights";

/** normed → x += down(silu(gate) ⊙ up). Shazeer 2020, arXiv:2002.05202. */
export function mlp(context: LayerContext, weights: LayerWeights): readonly Dispatch[] {
  const { scope, kernels, config, multiply, activations } = context;
  const { step, normed, mixed, gateUp, swiglu, x } = activations;
  const { intermediateSize, hiddenSize } = config;
  const input = foldedInput(context, "fold", { matrix: weights.gateProj, x: normed, into: mixed });
  const output = foldedInput(context, "fold", { matrix: weights.downProj, x: swiglu, into: gateUp });
  const project = { x: input.x, y: gateUp, rowStride: 2 * intermediateSize };
  return [
    ...input.dispatches,
    ...multiply("gate_proj", { ...project, matrix: weights.gateProj }),
    ...multiply("up_proj", { ...project, matrix: weights.upProj, column: intermediateSize }),
    kernels.swiglu(scope, "swiglu", { step, gateUp, y: swiglu, intermediateSize }),
    ...output.dispatches,
    ...multiply("down_proj", {
      matrix: weights.downProj,
      x: output.x,
      y: x,
      rowStride: hiddenSize,
      residual: true,
    }),
  ];
}
