import causalConv from "../../../../shaders/delta-net/causal-conv.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import stepFile from "../../../../shaders/lib/step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface CausalConvArgs {
  readonly step: GpuRange;
  /** f32 [nTokens, rowStride]; the first nChannels columns are convolved. */
  readonly projected: GpuRange;
  /** f32 [nChannels, 4] */
  readonly taps: GpuRange;
  /** f32 [4, nChannels], kept between steps. */
  readonly ring: GpuRange;
  /** f32 [nTokens, nChannels] */
  readonly c: GpuRange;
  readonly nChannels: number;
  readonly rowStride: number;
}

const WORKGROUP_SIZE = 64;

/** Equation and shapes: shaders/delta-net/causal-conv.wgsl. */
export async function compileCausalConv(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "causal-conv",
    files: [stepFile, activation, causalConv],
    constants: { WORKGROUP_SIZE },
    params: { nChannels: "u32", rowStride: "u32" },
    buffers: { step: "read", projected: "read", taps: "read", ring: "read_write", c: "read_write" },
  });
  return (scope: MemoryScope, label: string, args: CausalConvArgs): Dispatch =>
    kernel.dispatch(scope, label, args, [Math.ceil(args.nChannels / WORKGROUP_SIZE)]);
}
