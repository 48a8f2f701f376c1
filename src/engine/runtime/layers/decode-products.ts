import type { GpuRange } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { NormedInput } from "../../kernels/products/norm-product";
import { normedInput, residualOf, type DecodeContext, type ResidualPart } from "./decode-context";
import { foldedInput } from "./folded-input";
import { partKey } from "../compile/decode-parts";
import type { Matrix, MatrixPiece } from "../weights/weights";

/**
 * The normed input of matrices, transformed where they are folded; those past the folded ones keep the plain
 * one.
 */
export function normedInputOf(
  context: DecodeContext,
  input: NormedInput,
  matrices: readonly Matrix[],
): { readonly dispatches: readonly Dispatch[]; readonly input: NormedInput } {
  const [matrix] = matrices;
  const nFolded = matrices.filter(({ isFolded }) => isFolded).length;
  const { dispatches, x } = foldedInput(context, "fold", {
    matrix: matrix!,
    x: input.weighted,
    into: context.activations.folded,
    oneRow: true,
    keepsPlain: nFolded < matrices.length,
  });
  return { dispatches, input: nFolded > 0 ? { ...input, weighted: x, plainFrom: nFolded } : input };
}

/**
 * y[column + r] = W[r] norm(x) for matrices that share the input: one dispatch over the first piece of each,
 * and one for every further piece.
 */
export function project(
  context: DecodeContext,
  label: string,
  args: {
    readonly input: NormedInput;
    readonly y: GpuRange;
    readonly matrices: readonly { readonly matrix: Matrix; readonly column: number }[];
  },
): readonly Dispatch[] {
  const { scope, kernels } = context;
  const { y, matrices } = args;
  const { input, dispatches: fold } = normedInputOf(
    context,
    args.input,
    matrices.map(({ matrix }) => matrix),
  );
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
    ...fold,
    together(scope, label, { input, y, sections: first }),
    ...matrices.flatMap(({ matrix, column }) =>
      matrix.pieces.slice(1).map((piece) => {
        const alone = kernelOf([matrix]);
        const itsInput = fold.length > 0 ? { ...input, plainFrom: matrix.isFolded ? 1 : 0 } : input;
        return alone(scope, label, { input: itsInput, y, sections: [section(column, piece)] });
      }),
    ),
  ];
}

/** x += W y, and what the norm with weights `norm` needs of the new x. */
export function addProduct(
  context: DecodeContext,
  label: string,
  args: {
    readonly matrix: Matrix;
    readonly x: GpuRange;
    readonly norm: GpuRange;
    /** DeltaNet's output product, whose value heads may be grouped. */
    readonly hasValueHeads?: boolean;
  },
): ResidualPart {
  const { matrix, norm, ...own } = args;
  const fold = foldedInput(context, "fold", {
    matrix,
    ...own,
    into: context.activations.folded,
    oneRow: true,
  });
  const { x } = fold;
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
  return { dispatches: [...fold.dispatches, ...dispatches], next: normedInput(context, firstSquare) };
}
