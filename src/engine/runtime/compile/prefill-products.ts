import type { SubgroupMatrix } from "../../gpu/subgroup-matrix";
import type { Arithmetic, Matmul, MatmulTile } from "../../kernels/products/matmul";
import { hasCodes, type WeightFormat } from "../../kernels/products/weight-format";

/**
 * Arithmetic of the prefill products: f32 throughout, f16 operands with f32 sums, or int8 operands where the
 * weights have codes. int8 rounds the activations of each product to 8 bits, so it is never chosen by itself.
 */
export type Precision = "f32" | "f16" | "int8";

/** The arithmetic of a format's products: int8 only where there are codes to multiply, else as without it. */
export const arithmeticOf = (precision: Precision, format: WeightFormat, hasF16: boolean): Arithmetic =>
  precision === "int8" && !hasCodes(format) ? (hasF16 ? "f16" : "f32") : precision;

/** The shape of a product in prefill: a piece of so many rows. */
export interface ProductShape {
  readonly format: WeightFormat;
  readonly nRows: number;
  readonly k: number;
}

export const shapeKey = ({ format, nRows, k }: ProductShape) => `${format} ${nRows}×${k}`;

/** The choice for a product of prefill. */
export interface MatmulChoice {
  readonly arithmetic: Arithmetic;
  readonly tile: MatmulTile;
  /** The matrix of products on subgroup matrices. */
  readonly matrix?: SubgroupMatrix;
}

/** The product that was chosen for a shape, if one was and compiles. */
export type TunedMatmul = (shape: ProductShape) => Matmul | undefined;
