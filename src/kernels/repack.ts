import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler, Workgroups } from "../gpu/kernel";
import { blockOf, SPAN_WEIGHTS, type WeightFormat } from "./weight-format";
import copy from "../../shaders/repack-copy.wgsl?raw";
import q4_0 from "../../shaders/repack-q4_0.wgsl?raw";
import q4_k from "../../shaders/repack-q4_k.wgsl?raw";
import q5_k from "../../shaders/repack-q5_k.wgsl?raw";
import q6_k from "../../shaders/repack-q6_k.wgsl?raw";
import q8_0 from "../../shaders/repack-q8_0.wgsl?raw";
import kBlocks from "../../shaders/lib/repack-k.wgsl?raw";
import rawBlocks from "../../shaders/lib/repack-raw.wgsl?raw";

/** A slice starts at a multiple of this many blocks: two f16 scales share a word, and one invocation writes it. */
export const REPACK_SLICE_BLOCKS = 8;

interface RepackFacts {
  readonly files: readonly string[];
  /** Blocks that one invocation takes. */
  readonly blocks: number;
}

const facts: Readonly<Record<WeightFormat, RepackFacts>> = {
  F32: { files: [copy], blocks: 1 },
  F16: { files: [copy], blocks: 1 },
  BF16: { files: [copy], blocks: 1 },
  Q8_0: { files: [q8_0], blocks: 2 },
  Q4_0: { files: [q4_0], blocks: 2 },
  Q4_K: { files: [kBlocks, q4_k], blocks: 1 },
  Q5_K: { files: [kBlocks, q5_k], blocks: 1 },
  Q6_K: { files: [q6_k], blocks: 2 },
};

export interface RepackArgs {
  /** The bytes of blocks [firstBlock, firstBlock + nBlocks) as in the file, the first at byte 0; rounded up to whole words. */
  readonly raw: GpuRange;
  /** The whole piece, `layoutOf(format, nSpans).sizeBytes` long. */
  readonly planes: GpuRange;
  /** Spans of the whole piece. */
  readonly nSpans: number;
  /** First block of the slice, counted in the piece: a multiple of {@link REPACK_SLICE_BLOCKS}. */
  readonly firstBlock: number;
  readonly nBlocks: number;
}

/** Makes the dispatch that turns one slice of a piece's raw blocks into its planes. */
export type Repack = (scope: MemoryScope, label: string, args: RepackArgs) => Dispatch;

const WORKGROUP_SIZE = 64;

/** Compiles the lossless repacking of `format`: file blocks to planes. One invocation takes one or two blocks. */
export async function compileRepack(compiler: KernelCompiler, format: WeightFormat): Promise<Repack> {
  const { files, blocks } = facts[format];
  const { bytes, weights } = blockOf(format);
  const kernel = await compiler.compile({
    label: `repack ${format}`,
    files: [rawBlocks, ...files],
    params: { n_spans: "u32", first_block: "u32", n_blocks: "u32" },
    buffers: { raw: "read", planes: "read_write" },
    constants: { BLOCK_BYTES: bytes },
  });
  return (scope, label, { raw, planes, nSpans, firstBlock, nBlocks }) => {
    const pieceBlocks = (nSpans * SPAN_WEIGHTS) / weights;
    if (firstBlock % REPACK_SLICE_BLOCKS !== 0 || firstBlock + nBlocks > pieceBlocks) {
      throw new RangeError(
        `Slice of ${nBlocks} blocks at block ${firstBlock} of ${pieceBlocks}: it has to start at a multiple of ${REPACK_SLICE_BLOCKS}.`,
      );
    }
    return kernel.dispatch(
      scope,
      label,
      { raw, planes, n_spans: nSpans, first_block: firstBlock, n_blocks: nBlocks },
      gridOf(Math.ceil(nBlocks / blocks / WORKGROUP_SIZE)),
    );
  };
}

/** A grid of at least `count` workgroups, folded where one dimension is too short for them. */
function gridOf(count: number): Workgroups {
  const width = Math.min(count, 32_768);
  return [width, Math.ceil(count / width)];
}
