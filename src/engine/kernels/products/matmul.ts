import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import type { SubgroupMatrix } from "../../gpu/subgroup-matrix";
import { hasTwoScales, SPAN_WEIGHTS, viewOf, type WeightFormat } from "./weight-format";
import largest from "../../../../shaders/lib/largest.wgsl?raw";
import product from "../../../../shaders/lib/product.wgsl?raw";
import step from "../../../../shaders/lib/step.wgsl?raw";
import tileF16 from "../../../../shaders/lib/tile/f16.wgsl?raw";
import tileF32 from "../../../../shaders/lib/tile/f32.wgsl?raw";
import tileInt8 from "../../../../shaders/lib/tile/int8.wgsl?raw";
import oneScale from "../../../../shaders/lib/tile/scales/one.wgsl?raw";
import twoScales from "../../../../shaders/lib/tile/scales/two.wgsl?raw";
import matrices from "../../../../shaders/products/matmul-matrices.wgsl?raw";
import tiles from "../../../../shaders/products/matmul.wgsl?raw";

/**
 * The arithmetic of the tiles: f32; f16 scaled by the largest of each 32 values (the device needs
 * shader-f16); f16 for subgroup matrices, scaled by the largest of a token (the device needs those); or the
 * weights' own codes and inputs rounded to int8 per 32 (WGSL's packed dot products, and a format with codes).
 * Sums are f32.
 */
export type Arithmetic = "f32" | "f16" | "matrix" | "int8";

/**
 * The tile that a workgroup makes at a time: rows × tokens, with `stageSpans` spans of K between two
 * barriers.
 */
export interface MatmulTile {
  readonly rows: number;
  readonly tokens: number;
  readonly stageSpans: number;
}

const tile = (rows: number, tokens: number, stageSpans: number): MatmulTile => ({ rows, tokens, stageSpans });

/**
 * The tiles worth trying, those that fit 16 KiB of workgroup memory and 256 lanes. The first one is the
 * baseline, of what every device may have.
 */
export const matmulTiles: Readonly<Record<Arithmetic, readonly [MatmulTile, ...MatmulTile[]]>> = {
  f32: [tile(64, 32, 1), tile(64, 64, 1), tile(32, 32, 2)],
  f16: [tile(64, 32, 1), tile(64, 64, 1), tile(128, 64, 1)],
  matrix: [tile(64, 64, 1), tile(128, 64, 1), tile(64, 32, 1)],
  int8: [tile(64, 32, 1), tile(128, 64, 1)],
};

export interface MatmulOptions {
  readonly format: WeightFormat;
  readonly arithmetic: Arithmetic;
  /** The baseline of the arithmetic, unless said otherwise. */
  readonly tile?: MatmulTile;
  /** The device's, which products on subgroup matrices need. */
  readonly matrix?: SubgroupMatrix | undefined;
}

export interface MatmulArgs {
  readonly step: GpuRange;
  /** A matrix of nRows × k, or a piece of its rows, laid out by `layoutOf`. */
  readonly weight: GpuRange;
  /** f32 [nTokens, k] */
  readonly x: GpuRange;
  /** f32 [nTokens, nOutputs]; columns [firstRow, firstRow + nRows) are written. */
  readonly y: GpuRange;
  readonly nRows: number;
  readonly k: number;
  readonly firstRow: number;
  /** All rows of the matrix, its pieces together. */
  readonly nOutputs: number;
  /** Y += X Wᵀ instead of Y = X Wᵀ. */
  readonly residual?: boolean;
}

/** Makes the dispatch of a product with the step's tokens; a split matrix takes one for each piece. */
export type Matmul = (scope: MemoryScope, label: string, args: MatmulArgs) => Dispatch;

/** A step of fewer tokens takes as long as one of this many. */
export const TILE_TOKENS = 32;

const ownFiles: Readonly<Record<Arithmetic, readonly string[]>> = {
  f32: [tiles, tileF32],
  f16: [tiles, tileF16, largest],
  matrix: [matrices],
  int8: [tiles, tileInt8],
};

const filesOf = (format: WeightFormat, arithmetic: Arithmetic) => [
  ...ownFiles[arithmetic],
  ...(arithmetic === "int8" ? [hasTwoScales(format) ? twoScales : oneScale] : []),
  product,
  step,
  viewOf(format),
];

/** Returns whether a pipeline of this label multiplies on subgroup matrices. */
export const isOnMatrices = (label: string): boolean => /^matmul \S+ matrix /.test(label);

/** The text that products of a format and arithmetic are made of. */
export const matmulSource = (format: WeightFormat, arithmetic: Arithmetic): string =>
  filesOf(format, arithmetic).join("");

/** Equation and shapes: shaders/lib/product.wgsl. */
export async function compileMatmul(
  compiler: KernelCompiler,
  { format, arithmetic, tile = matmulTiles[arithmetic][0], matrix }: MatmulOptions,
): Promise<Matmul> {
  const kernel = await compiler.compile({
    label: `matmul ${format} ${arithmetic} ${tile.rows}×${tile.tokens}×${tile.stageSpans}`,
    files: filesOf(format, arithmetic),
    constants: { TILE_ROWS: tile.rows, TILE_TOKENS: tile.tokens, ...ownConstants(arithmetic, tile, matrix) },
    params: {
      weightSpans: "u32",
      nRows: "u32",
      rowSpans: "u32",
      firstRow: "u32",
      nOutputs: "u32",
      residual: "u32",
    },
    buffers: { step: "read", weight: "read", x: "read", y: "read_write" },
    ...(arithmetic === "matrix" && matrix?.isAsked ? { subgroupSize: matrix.lanes } : {}),
  });
  return (scope, label, { residual = false, ...args }) => {
    const { nRows, k } = args;
    const rowSpans = k / SPAN_WEIGHTS;
    return kernel.dispatch(
      scope,
      label,
      { ...args, weightSpans: nRows * rowSpans, rowSpans, residual: Number(residual) },
      (nTokens) => [Math.ceil(nTokens / tile.tokens), Math.ceil(nRows / tile.rows)],
    );
  };
}

function ownConstants(arithmetic: Arithmetic, { stageSpans }: MatmulTile, matrix?: SubgroupMatrix) {
  if (arithmetic !== "matrix") return { STAGE_SPANS: stageSpans };
  if (!matrix) throw new RangeError("Products on subgroup matrices need the shape of the device's.");
  return { MATRIX_M: matrix.m, MATRIX_N: matrix.n, MATRIX_K: matrix.k, SUBGROUP_SIZE: matrix.lanes };
}
