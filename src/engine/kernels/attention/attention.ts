import attentionMerge from "../../../../shaders/attention/attention-merge.wgsl?raw";
import attentionPrepare from "../../../../shaders/attention/attention-prepare.wgsl?raw";
import attention from "../../../../shaders/attention/attention.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import reduce from "../../../../shaders/lib/reduce.wgsl?raw";
import stepFile from "../../../../shaders/lib/step.wgsl?raw";
import type { KvType } from "../../../ground/kv-type";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import { kvReadFile, kvStoreFile, type KvSegmentArgs, type SplitArgs } from "./kv-type";

export interface AttentionShape {
  readonly nHeads: number;
  readonly nKvHeads: number;
  /** A multiple of 32, at most 256. */
  readonly headDim: number;
}

export interface AttentionPrepareArgs extends KvSegmentArgs {
  readonly step: GpuRange;
  /** f32 [nTokens, (query | gate) per head | keys | values] */
  readonly projected: GpuRange;
  /** f32 [qNorm: headDim | kNorm: headDim] */
  readonly norms: GpuRange;
  /** The table that `rotaryTable` makes. */
  readonly rotary: GpuRange;
  /** f32 [nTokens, nHeads, headDim] */
  readonly q: GpuRange;
  readonly eps: number;
}

/** Equation and shapes: shaders/attention/attention-prepare.wgsl. */
export async function compileAttentionPrepare(
  compiler: KernelCompiler,
  { nHeads, nKvHeads, headDim, rotaryDim }: AttentionShape & { readonly rotaryDim: number },
  kvType: KvType,
) {
  const kernel = await compiler.compile({
    label: "attention-prepare",
    files: [stepFile, reduce, kvReadFile[kvType], kvStoreFile[kvType], attentionPrepare],
    constants: { HEAD_DIM: headDim },
    params: {
      nHeads: "u32",
      nKvHeads: "u32",
      halfRotaryDim: "u32",
      eps: "f32",
      firstToken: "u32",
      capacity: "u32",
    },
    buffers: {
      step: "read",
      projected: "read",
      norms: "read",
      rotary: "read",
      q: "read_write",
      keys: "read_write",
      values: "read_write",
    },
  });
  return (scope: MemoryScope, label: string, args: AttentionPrepareArgs): Dispatch =>
    kernel.dispatch(scope, label, { ...args, nHeads, nKvHeads, halfRotaryDim: rotaryDim / 2 }, (nTokens) => [
      nHeads + 2 * nKvHeads,
      nTokens,
    ]);
}

export interface AttentionArgs extends KvSegmentArgs, SplitArgs {
  readonly step: GpuRange;
  readonly q: GpuRange;
  /** f32 [nTokens, nHeads, nAllSplits, headDim] */
  readonly partialOut: GpuRange;
  /** f32 [nTokens, nHeads, nAllSplits, 2] */
  readonly extent: GpuRange;
}

/** Equation and shapes: shaders/attention/attention.wgsl. */
export async function compileAttention(compiler: KernelCompiler, shape: AttentionShape, kvType: KvType) {
  const { nHeads, nKvHeads, headDim } = shape;
  const kernel = await compiler.compile({
    label: "attention",
    files: [stepFile, kvReadFile[kvType], attention],
    constants: { HEAD_DIM: headDim, GROUP: nHeads / nKvHeads, ROWS },
    params: {
      nKvHeads: "u32",
      nSplits: "u32",
      firstSplit: "u32",
      nAllSplits: "u32",
      firstToken: "u32",
      capacity: "u32",
    },
    buffers: {
      step: "read",
      q: "read",
      keys: "read",
      values: "read",
      partialOut: "read_write",
      extent: "read_write",
    },
  });
  return (scope: MemoryScope, label: string, args: AttentionArgs): Dispatch =>
    kernel.dispatch(scope, label, { ...args, nKvHeads }, (nTokens) => [
      Math.ceil((nTokens * nHeads) / nKvHeads / ROWS),
      nKvHeads,
      args.nSplits,
    ]);
}

/** Query rows of a workgroup: `ROWS` in shaders/attention/attention.wgsl. */
const ROWS = 32;

export interface AttentionMergeArgs {
  readonly step: GpuRange;
  readonly partialOut: GpuRange;
  readonly extent: GpuRange;
  /** f32 [nTokens, rowStride], with the gate of head h from column (2 h + 1) headDim. */
  readonly projected: GpuRange;
  /** f32 [nTokens, nHeads, headDim] */
  readonly y: GpuRange;
  readonly nHeads: number;
  readonly headDim: number;
  readonly nSplits: number;
  readonly rowStride: number;
}

/** Equation and shapes: shaders/attention/attention-merge.wgsl. */
export async function compileAttentionMerge(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "attention-merge",
    files: [stepFile, activation, attentionMerge],
    params: { nHeads: "u32", headDim: "u32", nSplits: "u32", rowStride: "u32" },
    buffers: { step: "read", partialOut: "read", extent: "read", projected: "read", y: "read_write" },
  });
  return (scope: MemoryScope, label: string, args: AttentionMergeArgs): Dispatch =>
    kernel.dispatch(scope, label, args, (nTokens) => [args.nHeads, nTokens]);
}
