import gatedNorm from "../../../../shaders/delta-net/gated-norm.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import reduce from "../../../../shaders/lib/reduce.wgsl?raw";
import stepFile from "../../../../shaders/lib/step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface GatedNormArgs {
  readonly step: GpuRange;
  /** f32 [nTokens, nHeads, headDim] */
  readonly o: GpuRange;
  /** f32 [nTokens, rowStride], with z [nHeads, headDim] from zColumn. */
  readonly projected: GpuRange;
  /** f32 [headDim] */
  readonly weight: GpuRange;
  /** f32 [nTokens, nHeads, headDim] */
  readonly y: GpuRange;
  readonly nHeads: number;
  readonly headDim: number;
  readonly rowStride: number;
  readonly zColumn: number;
  readonly eps: number;
}

/** Equation and shapes: shaders/delta-net/gated-norm.wgsl. */
export async function compileGatedNorm(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "gated-norm",
    files: [stepFile, activation, reduce, gatedNorm],
    params: { headDim: "u32", rowStride: "u32", zColumn: "u32", eps: "f32" },
    buffers: { step: "read", o: "read", projected: "read", weight: "read", y: "read_write" },
  });
  return (scope: MemoryScope, label: string, args: GatedNormArgs): Dispatch =>
    kernel.dispatch(scope, label, args, (nTokens) => [args.nHeads, nTokens]);
}
