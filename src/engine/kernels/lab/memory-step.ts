import memoryStep from "../../../../shaders/lab/memory-step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface MemoryStepArgs {
  /** f32 [nTrials, rowStride, keyDim] */
  readonly keys: GpuRange;
  /** f32 [nTrials, rowStride, valueDim] */
  readonly values: GpuRange;
  /** Laid out as `keys` is. */
  readonly queries: GpuRange;
  /** u32 [rowStride] */
  readonly kinds: GpuRange;
  /** f32 [nRules, nKinds, alpha: keyDim | r: keyDim | w: valueDim] */
  readonly gates: GpuRange;
  /** f32 [nHeads, keyDim / 4, valueDim, 4], kept between dispatches. */
  readonly state: GpuRange;
  /** f32 [nHeads, nQueries, valueDim] */
  readonly o: GpuRange;
  /** Rules times trials. */
  readonly nHeads: number;
  readonly nTrials: number;
  readonly nKinds: number;
  /** A multiple of 4, as valueDim is; at most 128. */
  readonly keyDim: number;
  readonly valueDim: number;
  readonly rowStride: number;
  readonly firstToken: number;
  readonly nTokens: number;
  readonly firstQuery: number;
  readonly nQueries: number;
}

const LANES = 32;

/** Equation and shapes: shaders/lab/memory-step.wgsl. */
export async function compileMemoryStep(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "memory-step",
    files: [memoryStep],
    constants: { LANES },
    params: {
      nTrials: "u32",
      nKinds: "u32",
      keyDim: "u32",
      valueDim: "u32",
      rowStride: "u32",
      firstToken: "u32",
      nTokens: "u32",
      firstQuery: "u32",
      nQueries: "u32",
    },
    buffers: {
      keys: "read",
      values: "read",
      queries: "read",
      kinds: "read",
      gates: "read",
      state: "read_write",
      o: "read_write",
    },
  });
  return (scope: MemoryScope, label: string, args: MemoryStepArgs): Dispatch =>
    kernel.dispatch(scope, label, args, [Math.ceil(args.valueDim / LANES), args.nHeads]);
}
