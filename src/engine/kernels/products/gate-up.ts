import gateUp from "../../../../shaders/products/gate-up.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import normScale from "../../../../shaders/lib/norm-scale.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import type { NormedInput } from "./norm-product";
import { defaultMapping, rowsPerWorkgroup, rowSumsOf, type RowMapping } from "./row-mapping";
import { inputOf } from "./input-span";
import { dotOf, SPAN_WEIGHTS, type WeightFormat } from "./weight-format";

/** A piece of a matrix, and which of its rows are the first ones of the dispatch. */
export interface GateUpPiece {
  readonly weight: GpuRange;
  /** The rows of the whole piece. */
  readonly nRows: number;
  readonly fromRow: number;
}

export interface GateUpArgs {
  readonly input: NormedInput;
  readonly gate: GateUpPiece;
  readonly up: GateUpPiece;
  /** Rows [firstRow, firstRow + nRows) of y are written. */
  readonly firstRow: number;
  readonly nRows: number;
  /** f32 [intermediateSize] */
  readonly y: GpuRange;
}

/** Makes the dispatch of the MLP's first half for rows that one piece of each matrix holds. */
export type GateUp = (scope: MemoryScope, label: string, args: GateUpArgs) => Dispatch;

/** Equation and shapes: shaders/products/gate-up.wgsl. */
export async function compileGateUp(
  compiler: KernelCompiler,
  formats: { readonly gate: WeightFormat; readonly up: WeightFormat },
  {
    workgroupSize,
    laneBits,
    sums = "workgroup",
    arithmetic = "f32",
  }: Omit<RowMapping, "rowsPerLane"> = defaultMapping(4),
): Promise<GateUp> {
  const kernel = await compiler.compile({
    label: `gate-up ${formats.gate} ${formats.up}`,
    files: [
      ...[gateUp, activation, ...inputOf[arithmetic], normScale, rowSumsOf({ sums })],
      [dotOf(formats.gate, arithmetic), "gate"],
      [dotOf(formats.up, arithmetic), "up"],
    ],
    params: {
      rowSpans: "u32",
      laneBits: "u32",
      nSquares: "u32",
      hiddenSize: "u32",
      eps: "f32",
      gateSpans: "u32",
      upSpans: "u32",
      gateRow: "u32",
      upRow: "u32",
      firstRow: "u32",
      nRows: "u32",
    },
    buffers: { x: "read", squares: "read", y: "read_write", gate: "read", up: "read" },
    overrides: { WORKGROUP_SIZE: workgroupSize, ROWS_PER_LANE: 4 }, // two of each matrix
  });
  return (scope, label, { input, gate, up, firstRow, nRows, y }) => {
    const { weighted: x, squares, nSquares, hiddenSize, eps } = input;
    const rowSpans = hiddenSize / SPAN_WEIGHTS;
    const rows = rowsPerWorkgroup({ workgroupSize, laneBits, rowsPerLane: 2 }, hiddenSize);
    return kernel.dispatch(
      scope,
      label,
      {
        x,
        squares,
        y,
        gate: gate.weight,
        up: up.weight,
        nSquares,
        hiddenSize,
        eps,
        rowSpans,
        laneBits: laneBits(hiddenSize),
        firstRow,
        nRows,
        gateSpans: gate.nRows * rowSpans,
        upSpans: up.nRows * rowSpans,
        gateRow: gate.fromRow,
        upRow: up.fromRow,
      },
      [Math.ceil(nRows / rows)],
    );
  };
}
