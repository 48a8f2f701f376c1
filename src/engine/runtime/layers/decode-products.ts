import type { GpuRange } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { NormedInput } from "../../kernels/products/norm-product";
import { normedInput, residualOf, type DecodeContext, type ResidualPart } from "./decode-context";
import { partKey } from "../compile/decode-parts";
import type { Matrix, MatrixPiece } from "../weights/weights";

/**
 * y[column + r] = W[r] norm(x) for matrices that share the input: one dispatch over the first piece of each,
 * and one for every further piece.
 */
export function project(
  { scope, kernels }: DecodeContext,
  label: string,
  args: {
    readonly input: NormedInput;
    readonly y: GpuRange;
    readonly matrices: readonly { readonly matrix: Matrix; readonly column: number }[];
  },
): readonly Dispatch[] {
  const { input, y, matrices } = args;
  const section = (column: number, { range, nRows, firstRow }: MatrixPiece) => ({
    weight: range,
    nRows,
    column: column + firstRow,
  });
  const kernelOf = (joined: readonly Matrix[]) =>
    kernels.normProduct.get(
      partKey({ kind: "norm-product", formats: joined.map(({ format }) => format), k: input.hiddenSize }),
    )!;
  const together = kernelOf(matrices.map(({ matrix }) => matrix));
  const first = matrices.map(({ matrix, column }) => section(column, matrix.pieces[0]!));
  return [
    together(scope, label, { input, y, sections: first }),
    ...matrices.flatMap(({ matrix, column }) =>
      matrix.pieces.slice(1).map((piece) => {
        const alone = kernelOf([matrix]);
        return alone(scope, label, { input, y, sections: [section(column, piece)] });
      }),
    ),
  ];
}

/** x += W y, and what the norm with weights `norm` needs of the new x. */
export function addProduct(
  context: DecodeContext,
  label: string,
  { matrix, x, norm }: { readonly matrix: Matrix; readonly x: GpuRange; readonly norm: GpuRange },
): ResidualPart {
  const { k, format } = matrix;
  const product = context.kernels.residualProduct.get(
    partKey({ kind: "residual-product", formats: [format], k }),
  )!;
  let firstSquare = 0;
  const dispatches = matrix.pieces.map(({ range: weight, firstRow, nRows }) => {
    const args = { weight, firstRow, nRows, k, x, firstSquare, ...residualOf(context, norm) };
    firstSquare += product.nSquares(nRows, k);
    return product.dispatch(context.scope, label, args);
  });
  return { dispatches, next: normedInput(context, firstSquare) };
}
