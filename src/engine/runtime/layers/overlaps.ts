import type { Matrix } from "../weights/weights";

/** Rows that one piece of each matrix holds: as many runs as both have pieces, less one. */
export function overlaps(gate: Matrix, up: Matrix) {
  return gate.pieces.flatMap((gatePiece) =>
    up.pieces.flatMap((upPiece) => {
      const firstRow = Math.max(gatePiece.firstRow, upPiece.firstRow);
      const end = Math.min(gatePiece.firstRow + gatePiece.nRows, upPiece.firstRow + upPiece.nRows);
      return end > firstRow ? [{ firstRow, nRows: end - firstRow, gatePiece, upPiece }] : [];
    }),
  );
}
