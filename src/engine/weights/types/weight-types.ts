import { mark, type Key } from "../../../language/language";
/** A block: how a type stores a run of weights. */
export interface WeightBlock {
  readonly weights: number;
  readonly bytes: number;
  /**
   * Byte offsets of its f16 scales: of a broken file they are not finite, and random blocks are made valid by
   * them.
   */
  readonly scales: readonly number[];
}

/** A type of ggml's. */
export interface GgmlBlock extends WeightBlock {
  /** Its number in a GGUF file. */
  readonly id: number;
  /**
   * Words for a person, by how the quantization in a file's name begins: "Q4_K_M", "UD-" aside. The longest
   * that fits counts. Sizes are given against the usual choice, which most people know or will try first.
   */
  readonly words: Readonly<Record<string, Key>>;
}

const ggml = (
  id: number,
  weights: number,
  bytes: number,
  scales: readonly number[],
  words: Readonly<Record<string, Key>> = {},
): GgmlBlock => ({ id, weights, bytes, scales, words });

const full32 = mark("32-bit, for comparisons: twice the size of 16-bit, and no better to talk to");
const full16 = mark("16-bit: full quality at over three times the size of 4-bit");
const simple5 = mark("5-bit in an older, simpler way: Q5_K_M is better at this size");
const simple4 = mark("4-bit in an older, simpler way: Q4_K_M is better at this size");
const three = mark("3-bit, for when 4-bit does not fit: answers get noticeably worse");
const two = mark("2-bit, the last resort: smaller than 3-bit, and often wrong");
const one = mark("about 1 bit, an experiment for very large models");
const ternary = mark("three values a weight, for models that were trained so");

/**
 * The types of GGUF files that this engine runs (ids and blocks: ggml.h, commit d99724f2; 142 and 143: ggml.h
 * of PrismML's fork of llama.cpp). A type is declared here once; tables keyed by its name say how it is
 * repacked (engine/kernels/load/repackings.ts) and what it means (reference/weights/dequantize.ts), and a
 * type error names what is missing.
 *
 * Each line: id, weights and bytes of a block, offsets of its f16 scales, words.
 */
export const runTypes = {
  F32: ggml(0, 1, 4, [], {
    F32: full32,
    FP32: full32,
  }),
  F16: ggml(1, 1, 2, [], {
    F16: full16,
    FP16: full16,
  }),
  BF16: ggml(30, 1, 2, [], {
    BF16: mark("16-bit, as the model was published: full quality at over three times the size of 4-bit"),
  }),
  Q8_0: ggml(8, 32, 34, [0], {
    Q8: mark("8-bit, not to be told from 16-bit in use, at about half its size"),
  }),
  Q4_0: ggml(2, 32, 18, [0], { Q4: simple4 }),
  Q4_1: ggml(3, 32, 20, [0, 2], { Q4_1: simple4 }),
  Q5_0: ggml(6, 32, 22, [0], { Q5: simple5 }),
  Q5_1: ggml(7, 32, 24, [0, 2], { Q5_1: simple5 }),
  Q2_K: ggml(10, 256, 84, [80, 82], { Q2: two }),
  Q3_K: ggml(11, 256, 110, [108], { Q3_K: three }),
  Q4_K: ggml(12, 256, 144, [0, 2], {
    Q4_K_M: mark("4-bit, the usual choice: good answers at under a third of the size of 16-bit"),
    Q4_K_S: mark("4-bit, a little smaller than the usual choice and a little less exact"),
    Q4_K: mark("4-bit, a little larger than the usual choice and a little more exact"),
  }),
  Q5_K: ggml(13, 256, 176, [0, 2], {
    Q5_K_M: mark("5-bit, a little better than the usual choice and about a fifth larger"),
    Q5_K: mark("5-bit, a little better than the usual choice"),
  }),
  Q6_K: ggml(14, 256, 210, [208], {
    Q6_K: mark("6-bit, very close to 16-bit: for those who have the memory"),
  }),
  IQ4_NL: ggml(20, 32, 18, [0], {
    IQ4_NL: mark("4-bit with uneven steps: a little smaller than the usual choice, nearly as good"),
  }),
  IQ4_XS: ggml(23, 256, 136, [0], {
    IQ4: mark("4-bit with uneven steps: smaller than the usual choice, nearly as good"),
  }),
  IQ3_S: ggml(21, 256, 110, [0], { IQ3: three }),
  IQ3_XXS: ggml(18, 256, 98, [0], { IQ3_XXS: three }),
  IQ2_XXS: ggml(16, 256, 66, [0], { IQ2: two }),
  IQ2_XS: ggml(17, 256, 74, [0], { IQ2_XS: two }),
  IQ2_S: ggml(22, 256, 82, [0], { IQ2_S: two, IQ2_M: two }),
  IQ1_S: ggml(19, 256, 50, [0], { IQ1: one }),
  IQ1_M: ggml(29, 256, 56, [], { IQ1_M: one }),
  TQ1_0: ggml(34, 256, 54, [52], { TQ1: ternary }),
  TQ2_0: ggml(35, 256, 66, [64], { TQ2: ternary }),
  PQ2_0: ggml(142, 128, 34, [0], { PQ2: ternary }),
  PTQ1_0: ggml(143, 128, 28, [26], {
    PTQ1: mark("three values a weight, for models that were trained so, in the fewest bytes"),
  }),
  Q2_0: ggml(42, 64, 18, [0], { Q2_0: ternary, Q2_G64: ternary }),
  Q1_0: ggml(41, 128, 18, [0], { Q1: mark("two values a weight, for models that were trained so") }),
  MXFP4: ggml(39, 32, 17, [], {
    MXFP4: mark("4-bit floating point, meant for models that were trained with it"),
  }),
  NVFP4: ggml(40, 64, 36, [], { NVFP4: mark("4-bit floating point for NVIDIA's newest cards") }),
};

/**
 * Types of ggml's that this engine does not run: a refusal should name them, and their sizes still have to be
 * checked. Ids 4, 5, 31–33 and 36–38 were withdrawn by ggml.
 */
export const otherTypes = {
  Q8_1: ggml(9, 32, 36, [0, 2]),
  Q8_K: ggml(15, 256, 292, []),
  I8: ggml(24, 1, 1, []),
  I16: ggml(25, 1, 2, []),
  I32: ggml(26, 1, 4, []),
  I64: ggml(27, 1, 8, []),
  F64: ggml(28, 1, 8, []),
};

/**
 * Types that this engine makes of safetensors while they are read, as no type of ggml's holds their values.
 *
 * MLX_Q8: d, m f16, u8[32], w = d q + m. AWQ_Q4: d, z f16, 16 bytes of nibbles as in Q4_1, w = d (q − z), z
 * whole.
 */
export const packedTypes = {
  MLX_Q8: { weights: 32, bytes: 36, scales: [0, 2] },
  AWQ_Q4: { weights: 32, bytes: 20, scales: [0] },
} satisfies Record<string, WeightBlock>;
