import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler, Workgroups } from "../../gpu/kernel";
import { blockOf, programOf, repackingName, type Repacking } from "./repacking";
import { SPAN_WEIGHTS } from "../products/weight-format";
import rawBlocks from "../../../../shaders/lib/repack/raw.wgsl?raw";

/**
 * A slice starts at a multiple of this many blocks: eight f16 scales share a vec4, and one invocation writes
 * it.
 */
export const REPACK_SLICE_BLOCKS = 8;

export interface RepackArgs {
  /**
   * The bytes of blocks [firstBlock, firstBlock + nBlocks) as in the file, the first at byte 0; in a range of
   * whole vec4. What follows them is not used.
   */
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

/**
 * Compiles a repacking: file blocks to planes.
 *
 * @throws RangeError  where the bytes of the file are the planes (`isCopy`)
 */
export async function compileRepack(compiler: KernelCompiler, repacking: Repacking): Promise<Repack> {
  const program = programOf(repacking);
  if (!program) throw new RangeError(`${repackingName(repacking)} is copied as it is.`);
  const { lead, files, blocks } = program;
  const { bytes, weights } = blockOf(repacking);
  const kernel = await compiler.compile({
    label: `repack ${repackingName(repacking)}`,
    files: [lead ?? rawBlocks, ...files],
    params: { nSpans: "u32", firstBlock: "u32", nBlocks: "u32" },
    buffers: { raw: "read", planes: "read_write" },
    constants: { WORKGROUP_SIZE, BLOCK_BYTES: bytes, ...(!lead && { GROUP_BLOCKS: blocks }) },
  });
  return (scope, label, args) => {
    const { nSpans, firstBlock, nBlocks } = args;
    const pieceBlocks = (nSpans * SPAN_WEIGHTS) / weights;
    if (firstBlock % REPACK_SLICE_BLOCKS !== 0 || firstBlock + nBlocks > pieceBlocks) {
      throw new RangeError(
        `Slice of ${nBlocks} blocks at block ${firstBlock} of ${pieceBlocks}: it has to start at a multiple of ${REPACK_SLICE_BLOCKS}.`,
      );
    }
    return kernel.dispatch(scope, label, args, gridOf(Math.ceil(nBlocks / blocks / WORKGROUP_SIZE)));
  };
}

/** A grid of at least `count` workgroups, folded where one dimension is too short for them. */
function gridOf(count: number): Workgroups {
  const width = Math.min(count, 32_768);
  return [width, Math.ceil(count / width)];
}
