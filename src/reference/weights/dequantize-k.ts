import { float16 } from "./float16";
import { pairOf, type ReadBlock } from "./read-block";

/** Blocks of 256 whose parts have scales of their own, in few bits. */
export const kBlocks = {
  Q2_K: readQ2K,
  Q3_K: readQ3K,
  Q4_K: readQ4K,
  Q5_K: readQ5K,
  Q6_K: readQ6K,
} satisfies Record<string, ReadBlock>;

/**
 * Q2_K: 16 bytes of scale (low nibble) and min for each 16, 64 of pairs, d and dmin f16 last. y = d scale q −
 * dmin min. Each half of 128 numbers has four runs of 32: the pairs of 32 bytes by rising shift.
 */
function readQ2K(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(80, true));
  const dmin = float16(block.getUint16(82, true));
  for (let i = 0; i < 256; i++) {
    const both = block.getUint8(i >> 4);
    y[i] = d * (both & 15) * pairOf(block, 16, i) - dmin * (both >> 4);
  }
}

/**
 * Q3_K: 32 bytes of high bits, bit s of byte l for number l of run s; 64 of pairs as in Q2_K; 12 of scales; d
 * f16 last. y = d (scale − 32) (q − 4), a scale for each 16.
 */
function readQ3K(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(108, true));
  for (let i = 0; i < 256; i++) {
    const s = i >> 4; // nibble s >> 3 of byte s & 7, then pair s >> 2 of byte 8 + (s & 3)
    const lower = (block.getUint8(96 + (s & 7)) >> (s < 8 ? 0 : 4)) & 15;
    const upper = (block.getUint8(104 + (s & 3)) >> (2 * (s >> 2))) & 3;
    const high = (block.getUint8(i & 31) >> (i >> 5)) & 1;
    y[i] = d * (lower + 16 * upper - 32) * (pairOf(block, 32, i) + 4 * high - 4);
  }
}

/** Q4_K: d, dmin f16; 12 bytes of scales; 128 of nibbles. y = d scale q − dmin min, in 8 sub-blocks of 32. */
function readQ4K(block: DataView, y: Float64Array): void {
  readAffine(block, 16, y, () => 0);
}

/**
 * Q5_K: as Q4_K, with 32 bytes of fifth bits before the nibbles: bit s of byte l belongs to number l of
 * sub-block s.
 */
function readQ5K(block: DataView, y: Float64Array): void {
  readAffine(block, 48, y, (s, l) => ((block.getUint8(16 + l) >> s) & 1) << 4);
}

function readAffine(
  block: DataView,
  nibblesAt: number,
  y: Float64Array,
  highBit: (s: number, l: number) => number,
): void {
  const d = float16(block.getUint16(0, true));
  const dmin = float16(block.getUint16(2, true));
  for (let s = 0; s < 8; s++) {
    const { scale, min } = scaleAndMin(block, s);
    for (let l = 0; l < 32; l++) {
      // Sub-blocks 2p and 2p + 1 are the low and the high nibbles of the same 32 bytes.
      const pair = block.getUint8(nibblesAt + 32 * (s >> 1) + l);
      const q = ((pair >> (4 * (s & 1))) & 15) | highBit(s, l);
      y[32 * s + l] = d * scale * q - dmin * min;
    }
  }
}

/**
 * The 6-bit scale and min of sub-block s, packed into 12 bytes at 4: whole in the first eight, or split
 * nibble and top pair.
 */
function scaleAndMin(block: DataView, s: number): { scale: number; min: number } {
  const at = (i: number) => block.getUint8(4 + i);
  if (s < 4) return { scale: at(s) & 63, min: at(s + 4) & 63 };
  return {
    scale: (at(s + 4) & 15) | ((at(s - 4) >> 6) << 4),
    min: (at(s + 4) >> 4) | ((at(s) >> 6) << 4),
  };
}

/**
 * Q6_K: 128 bytes of low nibbles, 64 of high pairs, 16 scales i8, d f16 last. y = d scale (q − 32), a scale
 * for each 16. Each half of 128 numbers has four runs of 32: nibbles low, low, high, high of 64 bytes, pairs
 * by rising shift of 32.
 */
function readQ6K(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(208, true));
  for (let i = 0; i < 256; i++) {
    const half = i >> 7;
    const run = (i >> 5) & 3;
    const l = i & 31;
    const low = (block.getUint8(64 * half + 32 * (run & 1) + l) >> (run < 2 ? 0 : 4)) & 15;
    const high = (block.getUint8(128 + 32 * half + l) >> (2 * run)) & 3;
    y[i] = d * block.getInt8(192 + (i >> 4)) * ((low | (high << 4)) - 32);
  }
}
