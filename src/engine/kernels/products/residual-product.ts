import weightRows from "../../../../shaders/lib/weight/parts/rows.wgsl?raw";
import source from "../../../../shaders/products/residual-product.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import { defaultMapping, rowsPerWorkgroup, rowSumsOf, type RowMapping } from "./row-mapping";
import { inputOf } from "./input-span";
import { dotOf, SPAN_WEIGHTS, type WeightFormat } from "./weight-format";

export interface ResidualProductArgs {
  /** Rows [firstRow, firstRow + nRows) of a matrix with k columns, laid out by `layoutOf`. */
  readonly weight: GpuRange;
  readonly nRows: number;
  readonly firstRow: number;
  readonly k: number;
  /** f32 [k] */
  readonly x: GpuRange;
  /** f32 [hiddenSize], of the norm that follows. */
  readonly norm: GpuRange;
  /** f32 [hiddenSize]: the residual stream. */
  readonly hidden: GpuRange;
  /** f32 [hiddenSize] */
  readonly weighted: GpuRange;
  /** f32; one for each workgroup, from firstSquare on. */
  readonly squares: GpuRange;
  readonly firstSquare: number;
}

export interface ResidualProduct {
  dispatch(scope: MemoryScope, label: string, args: ResidualProductArgs): Dispatch;
  /** Sums of squares that a dispatch over so many rows writes. */
  nSquares(nRows: number, k: number): number;
}

/**
 * Equation and shapes: shaders/products/residual-product.wgsl. A split matrix takes a dispatch for each
 * piece.
 */
export async function compileResidualProduct(
  compiler: KernelCompiler,
  format: WeightFormat,
  mapping: RowMapping = defaultMapping(2),
): Promise<ResidualProduct> {
  const { arithmetic = "f32" } = mapping;
  const kernel = await compiler.compile({
    label: `residual-product ${format}`,
    files: [source, ...inputOf[arithmetic], rowSumsOf(mapping), weightRows, dotOf(format, arithmetic)],
    params: {
      weightSpans: "u32",
      rowSpans: "u32",
      laneBits: "u32",
      nRows: "u32",
      firstRow: "u32",
      firstSquare: "u32",
    },
    buffers: {
      weight: "read",
      x: "read",
      norm: "read",
      hidden: "read_write",
      weighted: "read_write",
      squares: "read_write",
    },
    overrides: { WORKGROUP_SIZE: mapping.workgroupSize, ROWS_PER_LANE: mapping.rowsPerLane },
  });
  const nSquares = (nRows: number, k: number) => Math.ceil(nRows / rowsPerWorkgroup(mapping, k));
  return {
    nSquares,
    dispatch: (scope, label, args) => {
      const rowSpans = args.k / SPAN_WEIGHTS;
      const weightSpans = args.nRows * rowSpans;
      const laneBits = mapping.laneBits(args.k);
      return kernel.dispatch(scope, label, { ...args, rowSpans, weightSpans, laneBits }, [
        nSquares(args.nRows, args.k),
      ]);
    },
  };
}
