import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { NormedInput } from "../../kernels/products/norm-product";
import type { ModelConfig } from "../../weights/config/model-config";
import { expertFormats, type ExpertKernels } from "../compile/expert-kernels";
import type { Activations } from "../shape/activations";
import type { Sizes } from "../shape/sizes";
import type { ExpertWeights, Matrix, MatrixPiece } from "../weights/weights";
import { overlaps } from "./overlaps";

/** The context that lists of prefill and of decode share. */
interface ExpertContext {
  readonly scope: MemoryScope;
  readonly config: ModelConfig;
  readonly sizes: Sizes;
  readonly activations: Activations;
}

/** The working memory of a mixture, which a dense model has not. */
export function expertRanges({ routerLogits, routes, expertInner }: Activations) {
  if (!routerLogits || !routes || !expertInner) throw new Error("A dense model has experts.");
  return { routerLogits, routes, expertInner };
}

/**
 * logits → routes; the shared expert's inner × its gate; x += the chosen experts of the input. One dispatch a
 * line, and one more for each further piece of the experts.
 */
export function chosenExperts(
  context: ExpertContext,
  kernels: ExpertKernels | undefined,
  weights: ExpertWeights,
  input: NormedInput,
): readonly Dispatch[] {
  const { scope, config, sizes, activations } = context;
  const { routerLogits, routes, expertInner } = expertRanges(activations);
  const { experts } = config;
  const { route, gateUp, down } = kernels ?? {};
  if (!experts || !route || !gateUp || !down) throw new Error("Nothing was compiled for the experts.");
  const { used: nUsed, width } = experts;
  const expertRows = weights.isFused ? 2 * width : width;
  const gateUpKernel = gateUp.get(expertFormats([weights.gate, weights.up]))!;
  const downKernel = down.get(expertFormats([weights.down]))!;
  return [
    route(scope, "route", {
      logits: routerLogits,
      routes,
      sharedInner: activations.swiglu,
      rowStride: sizes.routerRow,
      sharedWidth: config.intermediateSize,
      hasSharedGate: weights.sharedGate !== undefined,
    }),
    ...overlaps(weights.gate, weights.up).map(({ firstRow, nRows, gatePiece, upPiece }) => {
      const from = (piece: MatrixPiece, row: number) => ({
        weight: piece.range,
        nRows: piece.nRows,
        fromRow: firstRow - piece.firstRow + row,
      });
      return gateUpKernel(scope, "experts' gate, up, swiglu", {
        input,
        routes,
        y: expertInner,
        gate: from(gatePiece, 0),
        up: from(upPiece, weights.isFused ? width : 0),
        firstExpert: firstRow / expertRows,
        nExperts: nRows / expertRows,
        expertRows,
        width,
        nUsed,
      });
    }),
    ...downOf(weights.down, config.hiddenSize).map(({ weight, firstExpert, nExperts }) =>
      downKernel(scope, "experts' down", {
        weight,
        routes,
        x: expertInner,
        hidden: activations.x,
        nRows: config.hiddenSize,
        k: width,
        firstExpert,
        nExperts,
        nUsed,
      }),
    ),
  ];
}

const downOf = ({ pieces }: Matrix, hiddenSize: number) =>
  pieces.map(({ range: weight, firstRow, nRows }: { range: GpuRange; firstRow: number; nRows: number }) => ({
    weight,
    firstExpert: firstRow / hiddenSize,
    nExperts: nRows / hiddenSize,
  }));
