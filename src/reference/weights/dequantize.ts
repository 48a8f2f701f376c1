import { dequantizeIQ3S, dequantizeIQ3XXS, dequantizeIQ4NL, dequantizeIQ4XS } from "./dequantize-iq";
import { dequantizeQ2K, dequantizeQ3K, dequantizeQ4K, dequantizeQ5K, dequantizeQ6K } from "./dequantize-k";
import { bfloat16, float16 } from "./float16";

export type DequantizableType =
  | ("F32" | "F16" | "BF16" | "Q8_0" | "Q4_0" | "Q4_1" | "Q5_0" | "Q5_1" | "MXFP4")
  | ("Q2_K" | "Q3_K" | "Q4_K" | "Q5_K" | "Q6_K" | "IQ4_NL" | "IQ4_XS" | "IQ3_S" | "IQ3_XXS")
  | ("MLX_Q8" | "AWQ_Q4");

interface Block {
  readonly bytes: number;
  readonly elements: number;
  /** Writes one block's numbers to y. */
  readonly read: (block: DataView, y: Float64Array) => void;
}

const blocks: Readonly<Record<DequantizableType, Block>> = {
  F32: { bytes: 4, elements: 1, read: (block, y) => (y[0] = block.getFloat32(0, true)) },
  F16: { bytes: 2, elements: 1, read: (block, y) => (y[0] = float16(block.getUint16(0, true))) },
  BF16: { bytes: 2, elements: 1, read: (block, y) => (y[0] = bfloat16(block.getUint16(0, true))) },
  Q8_0: { bytes: 34, elements: 32, read: dequantizeQ8_0 },
  Q4_0: { bytes: 18, elements: 32, read: dequantizeQ4_0 },
  Q4_1: { bytes: 20, elements: 32, read: dequantizeQ4_1 },
  Q5_0: { bytes: 22, elements: 32, read: dequantizeQ5_0 },
  Q5_1: { bytes: 24, elements: 32, read: dequantizeQ5_1 },
  MXFP4: { bytes: 17, elements: 32, read: dequantizeMXFP4 },
  IQ4_NL: { bytes: 18, elements: 32, read: dequantizeIQ4NL },
  IQ4_XS: { bytes: 136, elements: 256, read: dequantizeIQ4XS },
  IQ3_S: { bytes: 110, elements: 256, read: dequantizeIQ3S },
  IQ3_XXS: { bytes: 98, elements: 256, read: dequantizeIQ3XXS },
  Q2_K: { bytes: 84, elements: 256, read: dequantizeQ2K },
  Q3_K: { bytes: 110, elements: 256, read: dequantizeQ3K },
  Q4_K: { bytes: 144, elements: 256, read: dequantizeQ4K },
  Q5_K: { bytes: 176, elements: 256, read: dequantizeQ5K },
  Q6_K: { bytes: 210, elements: 256, read: dequantizeQ6K },
  MLX_Q8: { bytes: 36, elements: 32, read: dequantizeMlxQ8 },
  AWQ_Q4: { bytes: 20, elements: 32, read: dequantizeAwqQ4 },
};

/**
 * The numbers a tensor's bytes mean, exactly: every scale is a binary16 and every product of one with its
 * code fits f64. docs/model.md#block-formats
 */
export function dequantize(type: DequantizableType, bytes: Uint8Array): Float64Array {
  const block = blocks[type];
  const nBlocks = bytes.length / block.bytes;
  if (!Number.isInteger(nBlocks))
    throw new RangeError(`${bytes.length} bytes are no whole blocks of ${type}, ${block.bytes} bytes each.`);
  const y = new Float64Array(nBlocks * block.elements);
  for (let i = 0; i < nBlocks; i++) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + i * block.bytes, block.bytes);
    block.read(view, y.subarray(i * block.elements, (i + 1) * block.elements));
  }
  return y;
}

/** d f16, q i8[32]: y = d q */
function dequantizeQ8_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let j = 0; j < 32; j++) y[j] = d * block.getInt8(2 + j);
}

/** d f16, 16 bytes of nibbles, the low ones first: y = d (q − 8) */
function dequantizeQ4_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let j = 0; j < 16; j++) {
    const pair = block.getUint8(2 + j);
    y[j] = d * ((pair & 15) - 8);
    y[j + 16] = d * ((pair >> 4) - 8);
  }
}

/** Number i of 32 nibbles in 16 bytes from `at` on: the first 16 are the low ones. */
const nibble = (block: DataView, at: number, i: number): number =>
  (block.getUint8(at + (i & 15)) >> (4 * (i >> 4))) & 15;

/** d, m f16, 16 bytes of nibbles: y = d q + m */
function dequantizeQ4_1(block: DataView, y: Float64Array): void {
  const [d, m] = [float16(block.getUint16(0, true)), float16(block.getUint16(2, true))];
  for (let i = 0; i < 32; i++) y[i] = d * nibble(block, 4, i) + m;
}

/** d, m f16, q u8[32]: y = d q + m */
function dequantizeMlxQ8(block: DataView, y: Float64Array): void {
  const [d, m] = [float16(block.getUint16(0, true)), float16(block.getUint16(2, true))];
  for (let j = 0; j < 32; j++) y[j] = d * block.getUint8(4 + j) + m;
}

/** d, z f16, 16 bytes of nibbles: y = d (q − z) */
function dequantizeAwqQ4(block: DataView, y: Float64Array): void {
  const [d, z] = [float16(block.getUint16(0, true)), float16(block.getUint16(2, true))];
  for (let j = 0; j < 32; j++) y[j] = d * (nibble(block, 4, j) - z);
}

/** d f16, a word of fifth bits, 16 bytes of nibbles: y = d (q − 16) */
function dequantizeQ5_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  const fifth = block.getUint32(2, true);
  for (let i = 0; i < 32; i++) y[i] = d * (nibble(block, 6, i) + 16 * ((fifth >>> i) & 1) - 16);
}

/** d, m f16, a word of fifth bits, 16 bytes of nibbles: y = d q + m */
function dequantizeQ5_1(block: DataView, y: Float64Array): void {
  const [d, m] = [float16(block.getUint16(0, true)), float16(block.getUint16(2, true))];
  const fifth = block.getUint32(4, true);
  for (let i = 0; i < 32; i++) y[i] = d * (nibble(block, 8, i) + 16 * ((fifth >>> i) & 1)) + m;
}

/**
 * e u8, 16 bytes of nibbles: FP4 (e2m1) numbers times 2^(e − 127). OCP Microscaling Formats 1.0, 5.3.3 and 6.
 */
function dequantizeMXFP4(block: DataView, y: Float64Array): void {
  const scale = 2 ** (block.getUint8(0) - 127);
  for (let i = 0; i < 32; i++) {
    const code = nibble(block, 1, i);
    const exponent = (code >> 1) & 3;
    const size = exponent === 0 ? (code & 1) / 2 : (1 + (code & 1) / 2) * 2 ** (exponent - 1);
    y[i] = (code & 8 ? -size : size) * scale;
  }
}
