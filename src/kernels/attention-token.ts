import source from "../../shaders/attention-token.wgsl?raw";
import stepFile from "../../shaders/lib/step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";
import type { AttentionShape } from "./attention";

export interface AttentionTokenArgs {
  readonly step: GpuRange;
  /** f32 [(query | gate) per head | keys | values] */
  readonly projected: GpuRange;
  /** f32 [qNorm: headDim | kNorm: headDim] */
  readonly norms: GpuRange;
  /** As `rotaryTable` makes it. */
  readonly rotary: GpuRange;
  /** f16 pairs [nKvHeads, capacity, headDim / 2] */
  readonly keys: GpuRange;
  readonly values: GpuRange;
  /** f32 [nHeads, nSplits, headDim] */
  readonly partial: GpuRange;
  /** f32 [nHeads, nSplits, 2] */
  readonly extent: GpuRange;
  readonly nSplits: number;
  readonly eps: number;
}

/** Equation and shapes: shaders/attention-token.wgsl; attention-merge joins the splits. At most 8 query heads a kv head. */
export async function compileAttentionToken(
  compiler: KernelCompiler,
  { nHeads, nKvHeads, headDim, rotaryDim }: AttentionShape & { readonly rotaryDim: number },
) {
  const kernel = await compiler.compile({
    label: "attention-token",
    files: [stepFile, source],
    constants: { HEAD_DIM: headDim, GROUP: nHeads / nKvHeads },
    params: { nKvHeads: "u32", nSplits: "u32", halfRotaryDim: "u32", eps: "f32" },
    buffers: {
      ...{ step: "read", projected: "read", norms: "read", rotary: "read" },
      ...{ keys: "read_write", values: "read_write", partial: "read_write", extent: "read_write" },
    },
  });
  return (scope: MemoryScope, label: string, args: AttentionTokenArgs): Dispatch =>
    kernel.dispatch(scope, label, { ...args, nKvHeads, halfRotaryDim: rotaryDim / 2 }, [
      args.nSplits,
      nKvHeads,
    ]);
}
