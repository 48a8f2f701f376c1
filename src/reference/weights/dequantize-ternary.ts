import { float16 } from "./float16";
import { pairOf, type ReadBlock } from "./read-block";

/** Weights of three values: −d, 0 and d. */
export const ternaryBlocks = {
  TQ1_0: readTQ1_0,
  TQ2_0: readTQ2_0,
} satisfies Record<string, ReadBlock>;

/**
 * Runs of bytes of trits, then d f16: y = d (trit − 1). A run of c bytes has 5 c numbers, or 4 c in the last,
 * and number n c + m is trit n of byte m.
 */
function readTQ1_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(52, true));
  const runs = [
    { at: 0, nBytes: 32, nTrits: 5 },
    { at: 32, nBytes: 16, nTrits: 5 },
    { at: 48, nBytes: 4, nTrits: 4 },
  ];
  let i = 0;
  for (const { at, nBytes, nTrits } of runs)
    for (let n = 0; n < nTrits; n++)
      for (let m = 0; m < nBytes; m++) y[i++] = d * (tritOf(block.getUint8(at + m), n) - 1);
}

/**
 * Trit n of a byte, the first of which has the highest place; the byte is their number × 256 / 243, rounded
 * up.
 */
function tritOf(byte: number, n: number): number {
  return (((byte * 3 ** n) % 256) * 3) >> 8;
}

/** 64 bytes of pairs, d f16: y = d (q − 1), q 0 … 3. Each half of 128 has four runs of 32 by rising shift. */
function readTQ2_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(64, true));
  for (let i = 0; i < 256; i++) y[i] = d * (pairOf(block, 0, i) - 1);
}
