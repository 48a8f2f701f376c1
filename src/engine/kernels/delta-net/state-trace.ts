import activation from "../../../../shaders/lib/activation.wgsl?raw";
import reduce from "../../../../shaders/lib/reduce.wgsl?raw";
import stateTrace from "../../../../shaders/delta-net/state-trace.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface StateTraceArgs {
  /** The input that the delta rule of this token is about to read: see delta-rule.ts. */
  readonly c: GpuRange;
  readonly projected: GpuRange;
  readonly gates: GpuRange;
  readonly state: GpuRange;
  /** f32 [nValueHeads, (alpha, beta, |delta|, |S|)] */
  readonly trace: GpuRange;
  readonly nKeyHeads: number;
  readonly nValueHeads: number;
  readonly valueDim: number;
  readonly keyDim: number;
  readonly bColumn: number;
  readonly aColumn: number;
}

/** Equation and shapes: shaders/delta-net/state-trace.wgsl. For one token at a time. */
export async function compileStateTrace(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "state-trace",
    files: [activation, reduce, stateTrace],
    params: {
      nKeyHeads: "u32",
      nValueHeads: "u32",
      valueDim: "u32",
      keyDim: "u32",
      bColumn: "u32",
      aColumn: "u32",
    },
    buffers: { c: "read", projected: "read", gates: "read", state: "read", trace: "read_write" },
  });
  return (scope: MemoryScope, label: string, args: StateTraceArgs): Dispatch =>
    kernel.dispatch(scope, label, args, [args.nValueHeads]);
}
