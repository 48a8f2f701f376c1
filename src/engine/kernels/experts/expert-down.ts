import shader from "../../../../shaders/experts/expert-down.wgsl?raw";
import routeStruct from "../../../../shaders/lib/route.wgsl?raw";
import weightRows from "../../../../shaders/lib/weight/parts/rows.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import { inputOf } from "../products/input-span";
import { rowsPerWorkgroup, rowSumsOf, type RowMapping } from "../products/row-mapping";
import { dotOf, SPAN_WEIGHTS, type WeightFormat } from "../products/weight-format";

export interface ExpertDownArgs {
  /** Whole experts, nRows × k each. */
  readonly weight: GpuRange;
  readonly routes: GpuRange;
  /** f32 [nTokens, nUsed, k] */
  readonly x: GpuRange;
  /** f32 [nTokens, nRows]: the residual stream. */
  readonly hidden: GpuRange;
  readonly nRows: number;
  readonly k: number;
  readonly firstExpert: number;
  readonly nExperts: number;
  readonly nUsed: number;
}

export type ExpertDown = (scope: MemoryScope, label: string, args: ExpertDownArgs) => Dispatch;

/** Equation and shapes: shaders/experts/expert-down.wgsl. */
export async function compileExpertDown(
  compiler: KernelCompiler,
  format: WeightFormat,
  { workgroupSize, rowsPerLane, laneBits }: Pick<RowMapping, "workgroupSize" | "rowsPerLane" | "laneBits">,
): Promise<ExpertDown> {
  const kernel = await compiler.compile({
    label: `expert-down ${format}`,
    files: [routeStruct, shader, ...inputOf.f32, rowSumsOf({}), weightRows, dotOf(format, "f32")],
    params: {
      weightSpans: "u32",
      rowSpans: "u32",
      laneBits: "u32",
      nRows: "u32",
      firstExpert: "u32",
      nExperts: "u32",
      nUsed: "u32",
    },
    buffers: { weight: "read", routes: "read", x: "read", hidden: "read_write" },
    overrides: { WORKGROUP_SIZE: workgroupSize, ROWS_PER_LANE: rowsPerLane },
  });
  return (scope, label, args) => {
    const { nRows, k, nExperts } = args;
    const rowSpans = k / SPAN_WEIGHTS;
    const weightSpans = nExperts * nRows * rowSpans;
    const rows = rowsPerWorkgroup({ workgroupSize, rowsPerLane, laneBits }, k);
    return kernel.dispatch(
      scope,
      label,
      { ...args, rowSpans, weightSpans, laneBits: laneBits(k) },
      (nTokens) => [Math.ceil(nRows / rows), nTokens],
    );
  };
}
