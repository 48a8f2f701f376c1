import { bfloat16, float16 } from "./float16";
import { nibble, type ReadBlock } from "./read-block";

/** Plain numbers, and codes of a byte or a nibble with one scale for each 32. */
export const simpleBlocks = {
  F32: (block, y) => (y[0] = block.getFloat32(0, true)),
  F16: (block, y) => (y[0] = float16(block.getUint16(0, true))),
  BF16: (block, y) => (y[0] = bfloat16(block.getUint16(0, true))),
  Q8_0: readQ8_0,
  Q4_0: readQ4_0,
  Q4_1: readQ4_1,
  Q5_0: readQ5_0,
  Q5_1: readQ5_1,
  MLX_Q8: readMlxQ8,
  AWQ_Q4: readAwqQ4,
} satisfies Record<string, ReadBlock>;

/** d f16, q i8[32]: y = d q */
function readQ8_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let j = 0; j < 32; j++) y[j] = d * block.getInt8(2 + j);
}

/** d f16, 16 bytes of nibbles, the low ones first: y = d (q − 8) */
function readQ4_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let j = 0; j < 16; j++) {
    const pair = block.getUint8(2 + j);
    y[j] = d * ((pair & 15) - 8);
    y[j + 16] = d * ((pair >> 4) - 8);
  }
}

/** d, m f16, 16 bytes of nibbles: y = d q + m */
function readQ4_1(block: DataView, y: Float64Array): void {
  const [d, m] = [float16(block.getUint16(0, true)), float16(block.getUint16(2, true))];
  for (let i = 0; i < 32; i++) y[i] = d * nibble(block, 4, i) + m;
}

/** d, m f16, q u8[32]: y = d q + m */
function readMlxQ8(block: DataView, y: Float64Array): void {
  const [d, m] = [float16(block.getUint16(0, true)), float16(block.getUint16(2, true))];
  for (let j = 0; j < 32; j++) y[j] = d * block.getUint8(4 + j) + m;
}

/** d, z f16, 16 bytes of nibbles: y = d (q − z) */
function readAwqQ4(block: DataView, y: Float64Array): void {
  const [d, z] = [float16(block.getUint16(0, true)), float16(block.getUint16(2, true))];
  for (let j = 0; j < 32; j++) y[j] = d * (nibble(block, 4, j) - z);
}

/** d f16, a word of fifth bits, 16 bytes of nibbles: y = d (q − 16) */
function readQ5_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  const fifth = block.getUint32(2, true);
  for (let i = 0; i < 32; i++) y[i] = d * (nibble(block, 6, i) + 16 * ((fifth >>> i) & 1) - 16);
}

/** d, m f16, a word of fifth bits, 16 bytes of nibbles: y = d q + m */
function readQ5_1(block: DataView, y: Float64Array): void {
  const [d, m] = [float16(block.getUint16(0, true)), float16(block.getUint16(2, true))];
  const fifth = block.getUint32(4, true);
  for (let i = 0; i < 32; i++) y[i] = d * (nibble(block, 8, i) + 16 * ((fifth >>> i) & 1)) + m;
}
