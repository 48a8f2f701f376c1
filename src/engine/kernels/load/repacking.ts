import { quantizePrograms } from "./quantize";
import { SPAN_WEIGHTS, type WeightFormat } from "../products/weight-format";
import iq3_s from "../../../../shaders/load/repack-iq3_s.wgsl?raw";
import iq3_xxs from "../../../../shaders/load/repack-iq3_xxs.wgsl?raw";
import iq4_nl from "../../../../shaders/load/repack-iq4_nl.wgsl?raw";
import iq4_xs from "../../../../shaders/load/repack-iq4_xs.wgsl?raw";
import mlx_q8 from "../../../../shaders/load/repack-mlx_q8.wgsl?raw";
import mxfp4 from "../../../../shaders/load/repack-mxfp4.wgsl?raw";
import q2_k from "../../../../shaders/load/repack-q2_k.wgsl?raw";
import q3_k from "../../../../shaders/load/repack-q3_k.wgsl?raw";
import q4_0 from "../../../../shaders/load/repack-q4_0.wgsl?raw";
import q4_1 from "../../../../shaders/load/repack-q4_1.wgsl?raw";
import q4_k from "../../../../shaders/load/repack-q4_k.wgsl?raw";
import q5_0 from "../../../../shaders/load/repack-q5_0.wgsl?raw";
import q5_1 from "../../../../shaders/load/repack-q5_1.wgsl?raw";
import q5_k from "../../../../shaders/load/repack-q5_k.wgsl?raw";
import q6_k from "../../../../shaders/load/repack-q6_k.wgsl?raw";
import q8_0 from "../../../../shaders/load/repack-q8_0.wgsl?raw";
import gridIq3S from "../../../../shaders/lib/grid/iq3_s.wgsl?raw";
import gridIq3Xxs from "../../../../shaders/lib/grid/iq3_xxs.wgsl?raw";
import codes from "../../../../shaders/lib/repack/codes.wgsl?raw";
import grid from "../../../../shaders/lib/repack/grid.wgsl?raw";
import halvesGroup from "../../../../shaders/lib/repack/group-halves.wgsl?raw";
import oneGroup from "../../../../shaders/lib/repack/group-one.wgsl?raw";
import wordsGroup from "../../../../shaders/lib/repack/group-words.wgsl?raw";
import kBlocks from "../../../../shaders/lib/repack/k.wgsl?raw";
import table from "../../../../shaders/lib/repack/table.wgsl?raw";
import tableIq4 from "../../../../shaders/lib/grid/iq4.wgsl?raw";

/**
 * The types of matrices, by ggml's names; the plain ones and the last two (`packedTypes`) also come from
 * safetensors.
 */
export const fileTypes = [
  ...["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1"],
  ...["Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL", "IQ4_XS", "IQ3_S", "IQ3_XXS", "MXFP4"],
  ...["MLX_Q8", "AWQ_Q4"],
] as const;
export type FileType = (typeof fileTypes)[number];

/** A way from a type in the file to a format on the GPU. */
export interface Repacking {
  readonly from: FileType;
  readonly to: WeightFormat;
}

/** The shader of a repacking. */
export interface Program {
  /**
   * The file it is linked behind, with its parameters and buffers; lib/repack/raw.wgsl unless said otherwise.
   */
  readonly lead?: string;
  readonly files: readonly string[];
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

interface FileTypeFacts {
  /** Weights and bytes of one block in the file; the plain types count a span as one block. */
  readonly block: { readonly weights: number; readonly bytes: number };
  /** The format that keeps every value, in the fewest bytes. */
  readonly kept: WeightFormat;
  /** `null` where the planes are the bytes of the file. */
  readonly to: Readonly<Partial<Record<WeightFormat, Program | null>>>;
}

const program = (blocks: number, ...files: readonly string[]): Program => ({
  files: [codes, ...files],
  blocks,
  isLossless: true,
});
/** Programs that keep every value, by how many blocks fill whole vec4 of each plane. */
const one = (...files: readonly string[]) => program(1, ...files, oneGroup);
const four = (...files: readonly string[]) => program(4, ...files, wordsGroup);
const eight = (...files: readonly string[]) => program(8, ...files, halvesGroup);
const block = (weights: number, bytes: number) => ({ weights, bytes });

const facts: Readonly<Record<FileType, FileTypeFacts>> = {
  F32: { block: block(32, 128), kept: "F32", to: { F32: null, ...quantizePrograms("F32") } },
  F16: { block: block(32, 64), kept: "F16", to: { F16: null, ...quantizePrograms("F16") } },
  BF16: { block: block(32, 64), kept: "BF16", to: { BF16: null, ...quantizePrograms("BF16") } },
  Q8_0: { block: block(32, 34), kept: "Q8_0", to: { Q8_0: eight(q8_0) } },
  Q4_0: { block: block(32, 18), kept: "Q4_0", to: { Q4_0: eight(q4_0) } },
  Q4_1: { block: block(32, 20), kept: "Q4_1", to: { Q4_1: four(q4_1) } },
  Q5_0: { block: block(32, 22), kept: "Q8_0", to: { Q8_0: eight(q5_0) } },
  Q5_1: { block: block(32, 24), kept: "Q5_1", to: { Q5_1: program(4, q5_1) } },
  Q2_K: { block: block(256, 84), kept: "Q2_K", to: { Q2_K: four(q2_k) } },
  Q3_K: { block: block(256, 110), kept: "Q3_K", to: { Q3_K: eight(q3_k) } },
  Q4_K: { block: block(256, 144), kept: "Q4_K", to: { Q4_K: one(kBlocks, q4_k) } },
  Q5_K: { block: block(256, 176), kept: "Q5_K", to: { Q5_K: one(kBlocks, q5_k) } },
  Q6_K: { block: block(256, 210), kept: "Q6_K", to: { Q6_K: eight(q6_k) } },
  IQ4_NL: { block: block(32, 18), kept: "Q4_TABLE", to: { Q4_TABLE: four(tableIq4, table, iq4_nl) } },
  IQ4_XS: { block: block(256, 136), kept: "Q4_TABLE", to: { Q4_TABLE: one(tableIq4, table, iq4_xs) } },
  IQ3_S: { block: block(256, 110), kept: "Q4_TABLE", to: { Q4_TABLE: one(gridIq3S, grid, table, iq3_s) } },
  IQ3_XXS: {
    block: block(256, 98),
    kept: "Q4_TABLE",
    to: { Q4_TABLE: one(gridIq3Xxs, grid, table, iq3_xxs) },
  },
  MXFP4: { block: block(32, 17), kept: "Q4_TABLE", to: { Q4_TABLE: four(table, mxfp4) } },
  MLX_Q8: { block: block(32, 36), kept: "MLX_Q8", to: { MLX_Q8: four(mlx_q8) } },
  // d and z lie as Q4_1's d and m do.
  AWQ_Q4: { block: block(32, 20), kept: "AWQ_Q4", to: { AWQ_Q4: four(q4_1) } },
};

/** The format that keeps every value of a type, in the fewest bytes. */
export function keptFormat(type: FileType): WeightFormat {
  return facts[type].kept;
}

/** Every repacking there is. */
export const repackings: readonly Repacking[] = fileTypes.flatMap((from) =>
  (Object.keys(facts[from].to) as WeightFormat[]).map((to) => ({ from, to })),
);

export const repackingName = ({ from, to }: Repacking): string => (from === to ? from : `${from} to ${to}`);

/**
 * The shader of a repacking, or `null` where the planes are the bytes of the file.
 *
 * @throws RangeError  when there is no such repacking: a mistake of who planned it
 */
export function programOf({ from, to }: Repacking): Program | null {
  const found = facts[from].to[to];
  if (found === undefined) throw new RangeError(`Nothing repacks ${from} to ${to}.`);
  return found;
}

/** Returns whether the planes are the bytes of the file, so that nothing has to be repacked. */
export const isCopy = (repacking: Repacking): boolean => programOf(repacking) === null;

/** Returns whether every value stays what it was in the file. */
export const isLossless = (repacking: Repacking): boolean => programOf(repacking)?.isLossless ?? true;

/** The shader's block: a slice has whole ones, and K is a multiple of its weights. */
export function blockOf(repacking: Repacking): { readonly weights: number; readonly bytes: number } {
  const { weights, bytes } = facts[repacking.from].block;
  const blockWeights = programOf(repacking)?.blockWeights ?? weights;
  return { weights: blockWeights, bytes: (blockWeights / weights) * bytes };
}

/** Bytes that `nSpans` spans take in the file. */
export function fileBytes(type: FileType, nSpans: number): number {
  const { weights, bytes } = facts[type].block;
  return ((nSpans * SPAN_WEIGHTS) / weights) * bytes;
}
