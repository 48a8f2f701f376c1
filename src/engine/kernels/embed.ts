import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../gpu/kernel";
import { SPAN_WEIGHTS, viewOf, type WeightFormat } from "./products/weight-format";
import source from "../../../shaders/embed.wgsl?raw";
import step from "../../../shaders/lib/step.wgsl?raw";

export interface EmbedArgs {
  readonly step: GpuRange;
  /** u32 [nTokens], each below the vocabulary's size. */
  readonly tokens: GpuRange;
  /** Rows [firstRow, firstRow + nRows) of the embedding, laid out by `layoutOf`. */
  readonly weight: GpuRange;
  /** f32 [nTokens, k]; rows of tokens outside the piece are left as they are. */
  readonly x: GpuRange;
  readonly firstRow: number;
  readonly nRows: number;
  readonly k: number;
}

/** Makes the dispatch that writes one piece's embeddings; a split embedding takes one for each piece. */
export type Embed = (scope: MemoryScope, label: string, args: EmbedArgs) => Dispatch;

const WORKGROUP_SIZE = 32;

/** Equation and shapes: shaders/embed.wgsl. */
export async function compileEmbed(compiler: KernelCompiler, format: WeightFormat): Promise<Embed> {
  const kernel = await compiler.compile({
    label: `embed ${format}`,
    files: [source, step, viewOf(format)],
    constants: { WORKGROUP_SIZE },
    params: { weightSpans: "u32", rowSpans: "u32", firstRow: "u32", nRows: "u32" },
    buffers: { step: "read", tokens: "read", weight: "read", x: "read_write" },
  });
  return (scope, label, args) => {
    const rowSpans = args.k / SPAN_WEIGHTS;
    const weightSpans = args.nRows * rowSpans;
    return kernel.dispatch(scope, label, { ...args, rowSpans, weightSpans }, (nTokens) => [
      Math.ceil(rowSpans / WORKGROUP_SIZE),
      nTokens,
    ]);
  };
}
