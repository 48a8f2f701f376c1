import rmsNorm from "../../../shaders/rms-norm.wgsl?raw";
import reduce from "../../../shaders/lib/reduce.wgsl?raw";
import stepFile from "../../../shaders/lib/step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";

export interface RmsNormArgs {
  readonly step: GpuRange;
  readonly x: GpuRange;
  readonly weight: GpuRange;
  readonly y: GpuRange;
  readonly hiddenSize: number;
  readonly eps: number;
  /** Norms only the step's last row, into row 0. */
  readonly lastOnly?: boolean;
}

/** Equation and shapes: shaders/rms-norm.wgsl. */
export async function compileRmsNorm(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "rms-norm",
    files: [stepFile, reduce, rmsNorm],
    params: { hiddenSize: "u32", eps: "f32", lastOnly: "u32" },
    buffers: { step: "read", x: "read", weight: "read", y: "read_write" },
  });
  return (scope: MemoryScope, label: string, { lastOnly = false, ...args }: RmsNormArgs): Dispatch =>
    kernel.dispatch(scope, label, { ...args, lastOnly: Number(lastOnly) }, (nTokens) => [
      lastOnly ? 1 : nTokens,
    ]);
}
