import { dequantizeQ4K, dequantizeQ5K, dequantizeQ6K } from "./dequantize-k";
import { bfloat16, float16 } from "./float16";

export type DequantizableType = "F32" | "F16" | "BF16" | "Q8_0" | "Q4_0" | "Q4_K" | "Q5_K" | "Q6_K";

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
  Q4_K: { bytes: 144, elements: 256, read: dequantizeQ4K },
  Q5_K: { bytes: 176, elements: 256, read: dequantizeQ5K },
  Q6_K: { bytes: 210, elements: 256, read: dequantizeQ6K },
};

/** The numbers a tensor's bytes mean, exactly: every scale is a binary16 and every product of one with its code fits f64. Reference 4.5. */
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
