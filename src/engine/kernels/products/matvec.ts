import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import { inputOf } from "./input-span";
import { dotOf, SPAN_WEIGHTS, type WeightFormat } from "./weight-format";
import source from "../../../../shaders/products/matvec.wgsl?raw";

export interface MatvecArgs {
  /** A matrix of nRows × k, or a piece of its rows, laid out by `layoutOf`. */
  readonly weight: GpuRange;
  /** f32 [k] */
  readonly x: GpuRange;
  /** f32 [all rows of the matrix]; rows [firstRow, firstRow + nRows) are written. */
  readonly y: GpuRange;
  readonly nRows: number;
  readonly k: number;
  readonly firstRow: number;
  /** y += W x instead of y = W x. */
  readonly residual?: boolean;
}

/** Makes the dispatch of a product with one token's vector; a split matrix takes one for each piece. */
export type Matvec = (scope: MemoryScope, label: string, args: MatvecArgs) => Dispatch;

const WORKGROUP_SIZE = 64;
const ROWS_PER_LANE = 4;

/** Equation and shapes: shaders/products/matvec.wgsl. */
export async function compileMatvec(compiler: KernelCompiler, format: WeightFormat): Promise<Matvec> {
  const kernel = await compiler.compile({
    label: `matvec ${format}`,
    files: [source, ...inputOf.f32, dotOf(format, "f32")],
    params: {
      weightSpans: "u32",
      nRows: "u32",
      rowSpans: "u32",
      firstRow: "u32",
      laneBits: "u32",
      residual: "u32",
    },
    buffers: { weight: "read", x: "read", y: "read_write" },
    constants: { ROWS_PER_LANE },
    overrides: { WORKGROUP_SIZE },
  });
  return (scope, label, { residual = false, ...args }) => {
    const { nRows, k } = args;
    const rowSpans = k / SPAN_WEIGHTS;
    const laneBits = laneBitsFor(k);
    const rowsPerWorkgroup = (WORKGROUP_SIZE >> laneBits) * ROWS_PER_LANE;
    const weightSpans = nRows * rowSpans;
    return kernel.dispatch(
      scope,
      label,
      { ...args, weightSpans, rowSpans, laneBits, residual: Number(residual) },
      [Math.ceil(nRows / rowsPerWorkgroup)],
    );
  };
}

/** log2 of the lanes that share a row: two spans a lane where that gives 8 to 32 lanes. */
function laneBitsFor(k: number): number {
  return Math.min(5, Math.max(3, Math.floor(Math.log2(k / 64))));
}
