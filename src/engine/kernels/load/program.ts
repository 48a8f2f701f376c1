import type { ShaderFile } from "../../gpu/link";

/** The shader of a repacking. */
export interface Program {
  /**
   * The file it is linked behind, with its parameters and buffers; lib/repack/raw.wgsl unless said otherwise.
   */
  readonly lead?: string;
  readonly files: readonly ShaderFile[];
  /** Blocks that one invocation takes (GROUP_BLOCKS in the shader); a share of one where several do. */
  readonly blocks: number;
  /**
   * Weights of what the shader counts as a block, where that is not the file's block: whole blocks of the
   * file.
   */
  readonly blockWeights?: number;
  /** False where values change, as in quantizing. */
  readonly isLossless: boolean;
}
