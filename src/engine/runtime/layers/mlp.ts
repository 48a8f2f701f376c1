import type { Dispatch } from "../../gpu/kernel";
import { foldedInput } from "./folded-input";
import type { LayerContext } from "./layer-context";
import { chosenExperts, expertRanges } from "./experts";
import type { ExpertWeights, LayerWeights } from "../weights/weights";

/** normed → x += down(silu(gate) ⊙ up). Shazeer 2020, arXiv:2002.05202. */
export function mlp(context: LayerContext, weights: LayerWeights): readonly Dispatch[] {
  const { scope, kernels, config, multiply, activations } = context;
  const { step, normed, mixed, gateUp, swiglu, x } = activations;
  const { intermediateSize, hiddenSize } = config;
  const { experts } = weights;
  const input = foldedInput(context, "fold", { matrix: weights.gateProj, x: normed, into: mixed });
  const output = foldedInput(context, "fold", { matrix: weights.downProj, x: swiglu, into: gateUp });
  const project = { x: input.x, y: gateUp, rowStride: 2 * intermediateSize };
  return [
    ...input.dispatches,
    ...multiply("gate_proj", { ...project, matrix: weights.gateProj }),
    ...multiply("up_proj", { ...project, matrix: weights.upProj, column: intermediateSize }),
    kernels.swiglu(scope, "swiglu", { step, gateUp, y: swiglu, intermediateSize }),
    ...(experts ? mixture(context, experts) : []),
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

/** The router's products with every token, and the experts that it chooses. */
function mixture(context: LayerContext, weights: ExpertWeights): readonly Dispatch[] {
  const { kernels, config, sizes, multiply, activations } = context;
  const { normed, squares } = activations;
  const { hiddenSize, rmsNormEps: eps } = config;
  const { routerLogits } = expertRanges(activations);
  const { router, sharedGate } = weights;
  const project = { x: normed, y: routerLogits, rowStride: sizes.routerRow };
  return [
    ...multiply("router", { ...project, matrix: router }),
    ...(sharedGate ? multiply("shared gate", { ...project, matrix: sharedGate, column: router.nRows }) : []),
    ...chosenExperts(context, kernels.decode.experts, weights, {
      weighted: normed,
      squares,
      nSquares: 0,
      hiddenSize,
      eps,
    }),
  ];
}
