/**
 * Writes the numbers that one block means to y, exactly: every scale is a binary16, and its product with a
 * code fits f64.
 */
export type ReadBlock = (block: DataView, y: Float64Array) => void;

/** Number i of 32 nibbles in 16 bytes from `at` on: the first 16 are the low ones. */
export const nibble = (block: DataView, at: number, i: number): number =>
  (block.getUint8(at + (i & 15)) >> (4 * (i >> 4))) & 15;

/** Pair i of 256 in 64 bytes from `at` on: each 32 bytes have four runs of 32, by rising shift. */
export function pairOf(block: DataView, at: number, i: number): number {
  return (block.getUint8(at + 32 * (i >> 7) + (i & 31)) >> (2 * ((i >> 5) & 3))) & 3;
}
