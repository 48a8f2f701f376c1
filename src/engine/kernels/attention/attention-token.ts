import source from "../../../../shaders/attention/attention-token.wgsl?raw";
import attend from "../../../../shaders/lib/attend.wgsl?raw";
import stepFile from "../../../../shaders/lib/step.wgsl?raw";
import type { KvType } from "../../../ground/kv-type";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import type { AttentionShape } from "./attention";
import { kvReadFile, kvStoreFile, type KvSegmentArgs, type SplitArgs } from "./kv-type";

export interface AttentionTokenArgs extends KvSegmentArgs, SplitArgs {
  readonly step: GpuRange;
  /** f32 [(query | gate) per head | keys | values] */
  readonly projected: GpuRange;
  /** f32 [qNorm: headDim | kNorm: headDim] */
  readonly norms: GpuRange;
  /** The table that `rotaryTable` makes. */
  readonly rotary: GpuRange;
  /** f32 [nHeads, nAllSplits, headDim] */
  readonly partialOut: GpuRange;
  /** f32 [nHeads, nAllSplits, 2] */
  readonly extent: GpuRange;
  readonly eps: number;
}

/** Equation and shapes: shaders/attention/attention-token.wgsl; attention-merge joins the splits. */
export async function compileAttentionToken(
  compiler: KernelCompiler,
  shape: AttentionShape & { readonly rotaryDim: number },
  kvType: KvType,
) {
  const { nHeads, nKvHeads, headDim, rotaryDim } = shape;
  const kernel = await compiler.compile({
    label: "attention-token",
    files: [stepFile, kvReadFile[kvType], kvStoreFile[kvType], attend, source],
    constants: { HEAD_DIM: headDim, GROUP: nHeads / nKvHeads, MOST_HEADS },
    params: {
      nKvHeads: "u32",
      halfRotaryDim: "u32",
      eps: "f32",
      nSplits: "u32",
      firstSplit: "u32",
      nAllSplits: "u32",
      firstToken: "u32",
      capacity: "u32",
    },
    buffers: {
      step: "read",
      projected: "read",
      norms: "read",
      rotary: "read",
      keys: "read_write",
      values: "read_write",
      partialOut: "read_write",
      extent: "read_write",
    },
  });
  return (scope: MemoryScope, label: string, args: AttentionTokenArgs): Dispatch =>
    kernel.dispatch(scope, label, { ...args, nKvHeads, halfRotaryDim: rotaryDim / 2 }, [
      args.nSplits,
      nKvHeads * Math.ceil(nHeads / nKvHeads / MOST_HEADS),
    ]);
}

/** Query heads of a workgroup at most. */
const MOST_HEADS = 4;
