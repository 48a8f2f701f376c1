import { quantizePrograms } from "./quantize";
import { SPAN_WEIGHTS, type WeightFormat } from "./weight-format";
import copy from "../../shaders/repack-copy.wgsl?raw";
import q4_0 from "../../shaders/repack-q4_0.wgsl?raw";
import q4_k from "../../shaders/repack-q4_k.wgsl?raw";
import q5_k from "../../shaders/repack-q5_k.wgsl?raw";
import q6_k from "../../shaders/repack-q6_k.wgsl?raw";
import q8_0 from "../../shaders/repack-q8_0.wgsl?raw";
import kBlocks from "../../shaders/lib/repack-k.wgsl?raw";

/** The types of matrices in a file, by ggml's names; the plain ones also stand in safetensors. */
export const fileTypes = ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q5_K", "Q6_K"] as const;
export type FileType = (typeof fileTypes)[number];

/** A way from a type in the file to a format on the GPU. */
export interface Repacking {
  readonly from: FileType;
  readonly to: WeightFormat;
}

/** The shader of a repacking. */
export interface Program {
  /** What it is linked behind, with its parameters and buffers; lib/repack-raw.wgsl unless said otherwise. */
  readonly lead?: string;
  readonly files: readonly string[];
  /** Blocks that one invocation takes; a share of one where several do. */
  readonly blocks: number;
  /** Weights of what the shader counts as a block, where that is not the file's block: whole blocks of the file. */
  readonly blockWeights?: number;
  /** False where values change, as in quantizing. */
  readonly isLossless: boolean;
}

interface FileTypeFacts {
  /** Weights and bytes of one block in the file; the plain types count a span as one block. */
  readonly block: { readonly weights: number; readonly bytes: number };
  /** The format that keeps every value, in the fewest bytes. */
  readonly kept: WeightFormat;
  readonly to: Readonly<Partial<Record<WeightFormat, Program>>>;
}

const exact = (blocks: number, ...files: readonly string[]): Program => ({ files, blocks, isLossless: true });
const block = (weights: number, bytes: number) => ({ weights, bytes });

const facts: Readonly<Record<FileType, FileTypeFacts>> = {
  F32: { block: block(32, 128), kept: "F32", to: { F32: exact(1, copy), ...quantizePrograms("F32") } },
  F16: { block: block(32, 64), kept: "F16", to: { F16: exact(1, copy), ...quantizePrograms("F16") } },
  BF16: { block: block(32, 64), kept: "BF16", to: { BF16: exact(1, copy), ...quantizePrograms("BF16") } },
  Q8_0: { block: block(32, 34), kept: "Q8_0", to: { Q8_0: exact(2, q8_0) } },
  Q4_0: { block: block(32, 18), kept: "Q4_0", to: { Q4_0: exact(2, q4_0) } },
  Q4_K: { block: block(256, 144), kept: "Q4_K", to: { Q4_K: exact(1, kBlocks, q4_k) } },
  Q5_K: { block: block(256, 176), kept: "Q5_K", to: { Q5_K: exact(1, kBlocks, q5_k) } },
  Q6_K: { block: block(256, 210), kept: "Q6_K", to: { Q6_K: exact(2, q6_k) } },
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

/** @throws RangeError  when there is no such repacking: a mistake of who planned it */
export function programOf({ from, to }: Repacking): Program {
  const program = facts[from].to[to];
  if (!program) throw new RangeError(`No shader repacks ${from} to ${to}.`);
  return program;
}

/** Whether every value stays what it was in the file. */
export const isLossless = (repacking: Repacking): boolean => programOf(repacking).isLossless;

/** What the shader counts as one block: a slice has whole ones, and K is a multiple of its weights. */
export function blockOf(repacking: Repacking): { readonly weights: number; readonly bytes: number } {
  const { weights, bytes } = facts[repacking.from].block;
  const blockWeights = programOf(repacking).blockWeights ?? weights;
  return { weights: blockWeights, bytes: (blockWeights / weights) * bytes };
}

/** Bytes that `nSpans` spans take in the file. */
export function fileBytes(type: FileType, nSpans: number): number {
  const { weights, bytes } = facts[type].block;
  return ((nSpans * SPAN_WEIGHTS) / weights) * bytes;
}
