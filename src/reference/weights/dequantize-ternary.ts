import { float16 } from "./float16";
import { pairOf, type ReadBlock } from "./read-block";

/** Weights of three values, −d, 0 and d; of a fourth, 2 d, which files hardly use; or of two, −d and d. */
export const ternaryBlocks = {
  TQ1_0: readTQ1_0,
  TQ2_0: readTQ2_0,
  PTQ1_0: readPTQ1_0,
  PQ2_0: readCodesInOrder,
  Q2_0: readCodesInOrder,
  Q1_0: readQ1_0,
} satisfies Record<string, ReadBlock>;

/**
 * A run of bytes of trits: of `nBytes` of them it has `nTrits` each, and number n nBytes + m is trit n of
 * byte m.
 */
interface TritRun {
  readonly at: number;
  readonly nBytes: number;
  readonly nTrits: number;
}

/** Runs of bytes of trits, d f16 at 52: y = d (trit − 1). */
function readTQ1_0(block: DataView, y: Float64Array): void {
  readTrits(block, y, 52, [
    { at: 0, nBytes: 32, nTrits: 5 },
    { at: 32, nBytes: 16, nTrits: 5 },
    { at: 48, nBytes: 4, nTrits: 4 },
  ]);
}

/** The runs of TQ1_0 at half their length, with d at 26. */
function readPTQ1_0(block: DataView, y: Float64Array): void {
  readTrits(block, y, 26, [
    { at: 0, nBytes: 16, nTrits: 5 },
    { at: 16, nBytes: 8, nTrits: 5 },
    { at: 24, nBytes: 2, nTrits: 4 },
  ]);
}

function readTrits(block: DataView, y: Float64Array, atD: number, runs: readonly TritRun[]): void {
  const d = float16(block.getUint16(atD, true));
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

/** d f16, bytes of four pairs in order: y = d (q − 1), q 0 … 3. */
function readCodesInOrder(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let i = 0; i < y.length; i++) y[i] = d * (((block.getUint8(2 + (i >> 2)) >> (2 * (i & 3))) & 3) - 1);
}

/** d f16, 16 bytes of bits in order: y = d where one is set, else −d. */
function readQ1_0(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let i = 0; i < y.length; i++) y[i] = (block.getUint8(2 + (i >> 3)) >> (i & 7)) & 1 ? d : -d;
}
