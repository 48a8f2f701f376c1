import memoryWindow from "../../../../shaders/lab/memory-window.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface MemoryWindowArgs {
  /** f32 [nTrials, rowStride, keyDim], of length 1. */
  readonly keys: GpuRange;
  /** f32 [nTrials, rowStride, valueDim] */
  readonly values: GpuRange;
  /** Laid out as `keys` is. */
  readonly queries: GpuRange;
  /** The state's answers: f32 [nHeads, nQueries, valueDim]. */
  readonly recalled: GpuRange;
  /** Laid out as `recalled` is. */
  readonly o: GpuRange;
  readonly nHeads: number;
  readonly nTrials: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly rowStride: number;
  readonly firstKey: number;
  /** At most 1,024, which fit workgroup memory. */
  readonly nKeys: number;
  readonly firstQuery: number;
  readonly nQueries: number;
  readonly scale: number;
  readonly threshold: number;
}

/** Equation and shapes: shaders/lab/memory-window.wgsl. */
export async function compileMemoryWindow(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "memory-window",
    files: [memoryWindow],
    params: {
      nTrials: "u32",
      keyDim: "u32",
      valueDim: "u32",
      rowStride: "u32",
      firstKey: "u32",
      nKeys: "u32",
      firstQuery: "u32",
      nQueries: "u32",
      scale: "f32",
      threshold: "f32",
    },
    buffers: { keys: "read", values: "read", queries: "read", recalled: "read", o: "read_write" },
  });
  return (scope: MemoryScope, label: string, args: MemoryWindowArgs): Dispatch =>
    kernel.dispatch(scope, label, args, [args.nQueries, args.nHeads]);
}
