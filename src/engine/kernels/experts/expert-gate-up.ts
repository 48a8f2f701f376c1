import shader from "../../../../shaders/experts/expert-gate-up.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import normScale from "../../../../shaders/lib/norm-scale.wgsl?raw";
import routeStruct from "../../../../shaders/lib/route.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import { inputOf } from "../products/input-span";
import type { GateUpPiece } from "../products/gate-up";
import type { NormedInput } from "../products/norm-product";
import { rowsPerWorkgroup, rowSumsOf, type RowMapping } from "../products/row-mapping";
import { dotOf, SPAN_WEIGHTS, type WeightFormat } from "../products/weight-format";

export interface ExpertGateUpArgs {
  /** nSquares is 0 where the tokens are normed already. */
  readonly input: NormedInput;
  readonly routes: GpuRange;
  /** f32 [nTokens, nUsed, width] */
  readonly y: GpuRange;
  readonly gate: GateUpPiece;
  readonly up: GateUpPiece;
  /** The experts that lie in both pieces. */
  readonly firstExpert: number;
  readonly nExperts: number;
  /** Rows from one expert to the next. */
  readonly expertRows: number;
  readonly width: number;
  readonly nUsed: number;
}

export type ExpertGateUp = (scope: MemoryScope, label: string, args: ExpertGateUpArgs) => Dispatch;

/** Equation and shapes: shaders/experts/expert-gate-up.wgsl. */
export async function compileExpertGateUp(
  compiler: KernelCompiler,
  formats: { readonly gate: WeightFormat; readonly up: WeightFormat },
  { workgroupSize, laneBits }: Pick<RowMapping, "workgroupSize" | "laneBits">,
): Promise<ExpertGateUp> {
  const kernel = await compiler.compile({
    label: `expert-gate-up ${formats.gate} ${formats.up}`,
    files: [
      ...[routeStruct, shader, activation, ...inputOf.f32, normScale, rowSumsOf({})],
      [dotOf(formats.gate, "f32"), "gate"],
      [dotOf(formats.up, "f32"), "up"],
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
      firstExpert: "u32",
      nExperts: "u32",
      expertRows: "u32",
      width: "u32",
      nUsed: "u32",
    },
    buffers: { x: "read", squares: "read", routes: "read", y: "read_write", gate: "read", up: "read" },
    overrides: { WORKGROUP_SIZE: workgroupSize, ROWS_PER_LANE: 4 }, // two of each matrix
  });
  return (scope, label, { input, gate, up, ...args }) => {
    const { weighted: x, squares, nSquares, hiddenSize, eps } = input;
    const rowSpans = hiddenSize / SPAN_WEIGHTS;
    const rows = rowsPerWorkgroup({ workgroupSize, laneBits, rowsPerLane: 2 }, hiddenSize);
    const norm = { x, squares, nSquares, hiddenSize, eps };
    const places = {
      gate: gate.weight,
      up: up.weight,
      gateSpans: gate.nRows * rowSpans,
      upSpans: up.nRows * rowSpans,
      gateRow: gate.fromRow,
      upRow: up.fromRow,
    };
    return kernel.dispatch(
      scope,
      label,
      { ...args, ...norm, ...places, rowSpans, laneBits: laneBits(hiddenSize) },
      (nTokens) => [Math.ceil(args.width / rows), args.nUsed, nTokens],
    );
  };
}
