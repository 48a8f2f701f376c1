import stepFile from "../../../shaders/lib/step.wgsl?raw";
import swiglu from "../../../shaders/swiglu.wgsl?raw";
import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";

export interface SwigluArgs {
  readonly step: GpuRange;
  /** f32 [nTokens, gate: intermediateSize | up: intermediateSize] */
  readonly gateUp: GpuRange;
  /** f32 [nTokens, intermediateSize] */
  readonly y: GpuRange;
  /** A multiple of 4. */
  readonly intermediateSize: number;
}

const WORKGROUP_SIZE = 64;

/** Equation and shapes: shaders/swiglu.wgsl. */
export async function compileSwiglu(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "swiglu",
    files: [stepFile, swiglu],
    constants: { WORKGROUP_SIZE },
    params: { nVecs: "u32" },
    buffers: { step: "read", gateUp: "read", y: "read_write" },
  });
  return (scope: MemoryScope, label: string, args: SwigluArgs): Dispatch => {
    const nVecs = args.intermediateSize / 4;
    return kernel.dispatch(scope, label, { ...args, nVecs }, (nTokens) => [
      Math.ceil(nVecs / WORKGROUP_SIZE),
      nTokens,
    ]);
  };
}
