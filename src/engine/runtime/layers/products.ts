import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { ModelKernels } from "../compile/kernels";
import type { Matrix } from "../weights/weights";

export interface Product {
  readonly matrix: Matrix;
  readonly x: GpuRange;
  readonly y: GpuRange;
  /** Columns of a row of y; the matrix' rows go to [column, column + nRows). */
  readonly rowStride: number;
  readonly column?: number;
  /** y += x Wᵀ instead of y = x Wᵀ. */
  readonly residual?: boolean;
}

/** Makes the dispatches of a product, one for each piece of the matrix. */
export type Multiply = (label: string, product: Product) => readonly Dispatch[];

/** The head's product with the last token of a prompt. */
export function lastRowProducts(scope: MemoryScope, kernels: ModelKernels): Multiply {
  return (label, { matrix, x, y }) =>
    matrix.pieces.map(({ range, firstRow, nRows }) =>
      kernels.matvec(scope, label, { weight: range, x, y, nRows, k: matrix.k, firstRow }),
    );
}

/** Products for a chunk of tokens: prefill. */
export function prefillProducts(scope: MemoryScope, kernels: ModelKernels, step: GpuRange): Multiply {
  return (label, { matrix, x, y, rowStride, column = 0, residual = false }) => {
    const { format, k } = matrix;
    return matrix.pieces.map(({ range, firstRow, nRows }) => {
      const tuned = kernels.tunedMatmul({ format, nRows, k });
      const matmul = tuned ?? kernels.matmul.get(format)!;
      return matmul(scope, label, {
        step,
        weight: range,
        x,
        y,
        nRows,
        k,
        firstRow: column + firstRow,
        nOutputs: rowStride,
        residual,
      });
    });
  };
}
