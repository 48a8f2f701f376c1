import type { GpuRange } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { NormedInput } from "../../kernels/products/norm-product";
import type { DecodeContext, ResidualPart } from "./decode-context";
import { partKey } from "../compile/decode-parts";
import { addProduct, normedInputOf, project } from "./decode-products";
import type { ExpertWeights, LayerWeights, Matrix, MatrixPiece } from "../weights/weights";
import { chosenExperts, expertRanges } from "./experts";
import { overlaps } from "./overlaps";

/** x += down(silu(gate) ⊙ up) of the normed input, in two dispatches; four more with experts. */
export function decodeMlp(
  context: DecodeContext,
  { gateProj, upProj, downProj, experts }: LayerWeights,
  input: NormedInput,
  nextNorm: GpuRange,
): ResidualPart {
  const { swiglu } = context.activations;
  const down = addProduct(context, "down_proj", { matrix: downProj, x: swiglu, norm: nextNorm });
  return {
    dispatches: [
      ...gateUp(context, gateProj, upProj, input),
      ...(experts
        ? [
            ...router(context, experts, input),
            ...chosenExperts(context, context.kernels.experts, experts, input),
          ]
        : []),
      ...down.dispatches,
    ],
    next: down.next,
  };
}

function router(
  context: DecodeContext,
  { router: matrix, sharedGate }: ExpertWeights,
  input: NormedInput,
): readonly Dispatch[] {
  const gate = sharedGate ? [{ matrix: sharedGate, column: matrix.nRows }] : [];
  const { routerLogits } = expertRanges(context.activations);
  return project(context, "router", {
    input,
    y: routerLogits,
    matrices: [{ matrix, column: 0 }, ...gate],
  });
}

function gateUp(context: DecodeContext, gate: Matrix, up: Matrix, normed: NormedInput): readonly Dispatch[] {
  const { scope, kernels, activations } = context;
  const { input, dispatches: fold } = normedInputOf(context, normed, [gate, up]);
  const kernel = kernels.gateUp.get(
    partKey({ kind: "gate-up", formats: [gate.format, up.format], k: gate.k }),
  )!;
  const products = overlaps(gate, up).map(({ firstRow, nRows, gatePiece, upPiece }) => {
    const from = (piece: MatrixPiece) => ({
      weight: piece.range,
      nRows: piece.nRows,
      fromRow: firstRow - piece.firstRow,
    });
    const rows = { firstRow, nRows, gate: from(gatePiece), up: from(upPiece) };
    return kernel(scope, "gate_proj, up_proj, swiglu", { input, y: activations.swiglu, ...rows });
  });
  return [...fold, ...products];
}
