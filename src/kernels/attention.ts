import attentionMerge from "../../shaders/attention-merge.wgsl?raw";
import attentionPrepare from "../../shaders/attention-prepare.wgsl?raw";
import attention from "../../shaders/attention.wgsl?raw";
import activation from "../../shaders/lib/activation.wgsl?raw";
import reduce from "../../shaders/lib/reduce.wgsl?raw";
import stepFile from "../../shaders/lib/step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";

export interface AttentionShape {
  readonly nHeads: number;
  readonly nKvHeads: number;
  /** A multiple of 8, at most 256. */
  readonly headDim: number;
}

export interface AttentionPrepareArgs extends AttentionShape {
  readonly step: GpuRange;
  /** f32 [nTokens, (query | gate) per head | keys | values] */
  readonly projected: GpuRange;
  /** f32 [qNorm: headDim | kNorm: headDim] */
  readonly norms: GpuRange;
  /** As `rotaryTable` makes it. */
  readonly rotary: GpuRange;
  /** f32 [nTokens, nHeads, headDim] */
  readonly q: GpuRange;
  /** f16 pairs [nKvHeads, capacity, headDim / 2] */
  readonly keys: GpuRange;
  readonly values: GpuRange;
  readonly rotaryDim: number;
  readonly eps: number;
}

/** Equation and shapes: shaders/attention-prepare.wgsl. */
export async function compileAttentionPrepare(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "attention-prepare",
    files: [stepFile, reduce, attentionPrepare],
    params: { nHeads: "u32", nKvHeads: "u32", headDim: "u32", halfRotaryDim: "u32", eps: "f32" },
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
    kernel.dispatch(scope, label, { ...args, halfRotaryDim: args.rotaryDim / 2 }, (nTokens) => [
      args.nHeads + 2 * args.nKvHeads,
      nTokens,
    ]);
}

export interface AttentionArgs {
  readonly step: GpuRange;
  readonly q: GpuRange;
  readonly keys: GpuRange;
  readonly values: GpuRange;
  /** f32 [nTokens, nHeads, nSplits, headDim] */
  readonly partial: GpuRange;
  /** f32 [nTokens, nHeads, nSplits, 2] */
  readonly extent: GpuRange;
  readonly nSplits: number;
}

/** Equation and shapes: shaders/attention.wgsl. */
export async function compileAttention(compiler: KernelCompiler, shape: AttentionShape) {
  const { nHeads, nKvHeads, headDim } = shape;
  const kernel = await compiler.compile({
    label: "attention",
    files: [stepFile, attention],
    constants: { HEAD_DIM: headDim, GROUP: nHeads / nKvHeads },
    params: { nKvHeads: "u32", nSplits: "u32" },
    buffers: {
      step: "read",
      q: "read",
      keys: "read",
      values: "read",
      partial: "read_write",
      extent: "read_write",
    },
  });
  return (scope: MemoryScope, label: string, args: AttentionArgs): Dispatch =>
    kernel.dispatch(scope, label, { ...args, nKvHeads }, (nTokens) => [args.nSplits, nKvHeads, nTokens]);
}

export interface AttentionMergeArgs {
  readonly step: GpuRange;
  readonly partial: GpuRange;
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

/** Equation and shapes: shaders/attention-merge.wgsl. */
export async function compileAttentionMerge(compiler: KernelCompiler) {
  const kernel = await compiler.compile({
    label: "attention-merge",
    files: [stepFile, activation, attentionMerge],
    params: { nHeads: "u32", headDim: "u32", nSplits: "u32", rowStride: "u32" },
    buffers: { step: "read", partial: "read", extent: "read", projected: "read", y: "read_write" },
  });
  return (scope: MemoryScope, label: string, args: AttentionMergeArgs): Dispatch =>
    kernel.dispatch(scope, label, args, (nTokens) => [args.nHeads, nTokens]);
}
