import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";
import { SPAN_WEIGHTS, viewOf, type WeightFormat } from "./weight-format";
import step from "../../shaders/lib/step.wgsl?raw";
import tileF16 from "../../shaders/lib/tile-f16.wgsl?raw";
import tileF32 from "../../shaders/lib/tile-f32.wgsl?raw";
import source from "../../shaders/matmul.wgsl?raw";

/** What the tiles hold: f32, or f16 scaled by the largest of each 32 values (the device needs shader-f16). Sums are f32. */
export type Arithmetic = "f32" | "f16";

export interface MatmulOptions {
  readonly format: WeightFormat;
  /** Y += X Wᵀ instead of Y = X Wᵀ. */
  readonly residual: boolean;
  readonly arithmetic: Arithmetic;
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
}

/** Makes the dispatch of a product with the step's tokens; a split matrix takes one for each piece. */
export type Matmul = (scope: MemoryScope, label: string, args: MatmulArgs) => Dispatch;

const TILE_ROWS = 64;
/** A step of fewer tokens takes as long as one of this many. */
export const TILE_TOKENS = 32;

/** Equation and shapes: shaders/matmul.wgsl. */
export async function compileMatmul(
  compiler: KernelCompiler,
  { format, residual, arithmetic }: MatmulOptions,
): Promise<Matmul> {
  const kernel = await compiler.compile({
    label: `matmul ${format} ${arithmetic}`,
    files: [source, step, arithmetic === "f16" ? tileF16 : tileF32, viewOf(format)],
    params: {
      weight_spans: "u32",
      n_rows: "u32",
      row_spans: "u32",
      first_row: "u32",
      n_outputs: "u32",
      residual: "u32",
    },
    buffers: { step: "read", weight: "read", x: "read", y: "read_write" },
  });
  return (scope, label, { step, weight, x, y, nRows, k, firstRow, nOutputs }) => {
    const rowSpans = k / SPAN_WEIGHTS;
    return kernel.dispatch(
      scope,
      label,
      {
        ...{ step, weight, x, y, weight_spans: nRows * rowSpans, n_rows: nRows, row_spans: rowSpans },
        ...{ first_row: firstRow, n_outputs: nOutputs, residual: residual ? 1 : 0 },
      },
      (nTokens) => [Math.ceil(nTokens / TILE_TOKENS), Math.ceil(nRows / TILE_ROWS)],
    );
  };
}
