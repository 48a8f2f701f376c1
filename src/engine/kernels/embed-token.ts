import source from "../../../shaders/embed-token.wgsl?raw";
import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";
import { SPAN_WEIGHTS, viewOf, type WeightFormat } from "./products/weight-format";

export interface EmbedTokenArgs {
  /** u32; the first is the token. */
  readonly tokens: GpuRange;
  /** Rows [firstRow, firstRow + nRows) of the embedding, laid out by `layoutOf`. */
  readonly weight: GpuRange;
  readonly firstRow: number;
  readonly nRows: number;
  readonly k: number;
  /** f32 [k], of the first layer's norm. */
  readonly norm: GpuRange;
  /** f32 [k]: the residual stream. */
  readonly hidden: GpuRange;
  /** f32 [k] */
  readonly weighted: GpuRange;
  /** f32 [embedSquares(k)] */
  readonly squares: GpuRange;
}

/**
 * Makes the dispatch of one piece; a split embedding takes one for each, and the one that has the token
 * writes.
 */
export type EmbedToken = (scope: MemoryScope, label: string, args: EmbedTokenArgs) => Dispatch;

const LANES = 32;

/** Sums of squares that the embedding of one token leaves. */
export const embedSquares = (k: number) => Math.ceil(k / SPAN_WEIGHTS / LANES);

/** Equation and shapes: shaders/embed-token.wgsl. */
export async function compileEmbedToken(compiler: KernelCompiler, format: WeightFormat): Promise<EmbedToken> {
  const kernel = await compiler.compile({
    label: `embed-token ${format}`,
    files: [source, viewOf(format)],
    constants: { LANES },
    params: { weightSpans: "u32", rowSpans: "u32", firstRow: "u32", nRows: "u32" },
    buffers: {
      tokens: "read",
      weight: "read",
      norm: "read",
      hidden: "read_write",
      weighted: "read_write",
      squares: "read_write",
    },
  });
  return (scope, label, args) => {
    const rowSpans = args.k / SPAN_WEIGHTS;
    return kernel.dispatch(scope, label, { ...args, rowSpans, weightSpans: args.nRows * rowSpans }, [
      embedSquares(args.k),
    ]);
  };
}
