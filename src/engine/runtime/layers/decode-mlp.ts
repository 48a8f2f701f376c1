import type { GpuRange } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { NormedInput } from "../../kernels/products/norm-product";
import type { DecodeContext, ResidualPart } from "./decode-context";
import { partKey } from "../compile/decode-parts";
import { addProduct, normedInputOf } from "./decode-products";
import type { LayerWeights, Matrix, MatrixPiece } from "../weights/weights";

/** x += down(silu(gate) ⊙ up) of the normed input, in two dispatches. */
export function decodeMlp(
  context: DecodeContext,
  { gateProj, upProj, downProj }: LayerWeights,
  input: NormedInput,
  nextNorm: GpuRange,
): ResidualPart {
  const { swiglu } = context.activations;
  const down = addProduct(context, "down_proj", { matrix: downProj, x: swiglu, norm: nextNorm });
  return {
    dispatches: [...gateUp(context, gateProj, upProj, input), ...down.dispatches],
    next: down.next,
  };
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

/** Rows that one piece of each matrix holds: as many runs as both have pieces, less one. */
function overlaps(gate: Matrix, up: Matrix) {
  return gate.pieces.flatMap((gatePiece) =>
    up.pieces.flatMap((upPiece) => {
      const firstRow = Math.max(gatePiece.firstRow, upPiece.firstRow);
      const end = Math.min(gatePiece.firstRow + gatePiece.nRows, upPiece.firstRow + upPiece.nRows);
      return end > firstRow ? [{ firstRow, nRows: end - firstRow, gatePiece, upPiece }] : [];
    }),
  );
}
