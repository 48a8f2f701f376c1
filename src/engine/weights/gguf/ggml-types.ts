/** A type's layout in ggml: its id in the file, numbers per block, bytes per block. */
interface GgmlBlock {
  readonly id: number;
  readonly blockElements: number;
  readonly blockBytes: number;
}

const block = (id: number, blockElements: number, blockBytes: number): GgmlBlock => ({
  id,
  blockElements,
  blockBytes,
});

/**
 * Every type a GGUF file may name (ggml.h, commit d99724f2), also those this engine does not run: a refusal
 * should name them, and their sizes still have to be checked. Ids 4, 5, 31–33 and 36–38 were withdrawn by
 * ggml.
 */
export const ggmlTypes = {
  F32: block(0, 1, 4),
  F16: block(1, 1, 2),
  Q4_0: block(2, 32, 18),
  Q4_1: block(3, 32, 20),
  Q5_0: block(6, 32, 22),
  Q5_1: block(7, 32, 24),
  Q8_0: block(8, 32, 34),
  Q8_1: block(9, 32, 36),
  Q2_K: block(10, 256, 84),
  Q3_K: block(11, 256, 110),
  Q4_K: block(12, 256, 144),
  Q5_K: block(13, 256, 176),
  Q6_K: block(14, 256, 210),
  Q8_K: block(15, 256, 292),
  IQ2_XXS: block(16, 256, 66),
  IQ2_XS: block(17, 256, 74),
  IQ3_XXS: block(18, 256, 98),
  IQ1_S: block(19, 256, 50),
  IQ4_NL: block(20, 32, 18),
  IQ3_S: block(21, 256, 110),
  IQ2_S: block(22, 256, 82),
  IQ4_XS: block(23, 256, 136),
  I8: block(24, 1, 1),
  I16: block(25, 1, 2),
  I32: block(26, 1, 4),
  I64: block(27, 1, 8),
  F64: block(28, 1, 8),
  IQ1_M: block(29, 256, 56),
  BF16: block(30, 1, 2),
  TQ1_0: block(34, 256, 54),
  TQ2_0: block(35, 256, 66),
  MXFP4: block(39, 32, 17),
  NVFP4: block(40, 64, 36),
} as const satisfies Record<string, GgmlBlock>;

export type GgmlType = keyof typeof ggmlTypes;

/**
 * Types that this engine makes of safetensors while they are read, as no type of ggml's holds their values;
 * blocks of 32 weights.
 *
 * MLX_Q8: d, m f16, u8[32], w = d q + m. AWQ_Q4: d, z f16, 16 bytes of nibbles as in Q4_1, w = d (q − z), z
 * whole.
 */
export const packedTypes = ["MLX_Q8", "AWQ_Q4"] as const;

/** The type of a tensor in its source. */
export type TensorType = GgmlType | (typeof packedTypes)[number];

const typeOfId = new Map<number, GgmlType>(
  (Object.keys(ggmlTypes) as GgmlType[]).map((type) => [ggmlTypes[type].id, type]),
);

/** The type with this id, or undefined if ggml has none. */
export function ggmlTypeOfId(id: number): GgmlType | undefined {
  return typeOfId.get(id);
}

/** Bytes of `nElements` numbers, which are whole blocks. */
export function ggmlSizeBytes(type: GgmlType, nElements: number): number {
  const { blockElements, blockBytes } = ggmlTypes[type];
  return (nElements / blockElements) * blockBytes;
}
