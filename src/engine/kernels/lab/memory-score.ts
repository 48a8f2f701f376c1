import memoryScore from "../../../../shaders/lab/memory-score.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface MemoryScoreArgs {
  /** The results of the reads: f32 [nHeads, nQueries, valueDim]. */
  readonly o: GpuRange;
  /** f32 [nTrials, rowStride, valueDim] */
  readonly values: GpuRange;
  /** f32 [nHeads, nQueries, 4] */
  readonly scores: GpuRange;
  readonly nHeads: number;
  readonly nTrials: number;
  readonly valueDim: number;
  readonly rowStride: number;
  readonly nQueries: number;
  readonly firstAnswer: number;
  readonly firstCandidate: number;
  readonly nCandidates: number;
}

const WORKGROUP_SIZE = 64;

/** Equation and shapes: shaders/lab/memory-score.wgsl. */
export async function compileMemoryScore(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "memory-score",
    files: [memoryScore],
    constants: { WORKGROUP_SIZE },
    params: {
      nTrials: "u32",
      valueDim: "u32",
      rowStride: "u32",
      nQueries: "u32",
      firstAnswer: "u32",
      firstCandidate: "u32",
      nCandidates: "u32",
    },
    buffers: { o: "read", values: "read", scores: "read_write" },
  });
  return (scope: MemoryScope, label: string, args: MemoryScoreArgs): Dispatch =>
    kernel.dispatch(scope, label, args, [Math.ceil(args.nQueries / WORKGROUP_SIZE), args.nHeads]);
}
