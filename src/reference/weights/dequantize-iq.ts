import { float16 } from "./float16";
import { gridFile, runsOf } from "./grid-file";
import type { ReadBlock } from "./read-block";

const gridOfIQ3S = gridFile("iq3_s");
const gridOfIQ3XXS = gridFile("iq3_xxs");

/** Codes that number the entries of a table, or of a grid of runs. */
export const iqBlocks = {
  IQ4_NL: readIQ4NL,
  IQ4_XS: readIQ4XS,
  IQ3_S: readIQ3S,
  IQ3_XXS: readIQ3XXS,
} satisfies Record<string, ReadBlock>;

/** ggml's kvalues_iq4nl. */
const values = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

/** d f16, 16 bytes of nibbles, the low ones first: y = d values[q] */
function readIQ4NL(block: DataView, y: Float64Array): void {
  readValues(block, 2, float16(block.getUint16(0, true)), y);
}

/**
 * d f16, upper scale pairs u16, 4 bytes of lower scale nibbles, 16 bytes of nibbles for each 32: y = d (scale
 * − 32) values[q], a scale for each 32.
 */
function readIQ4XS(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  const upper = block.getUint16(2, true);
  for (let s = 0; s < 8; s++) {
    const lower = block.getUint8(4 + (s >> 1)) >> (s & 1 ? 4 : 0);
    const scale = (lower % 16) + 16 * ((upper >> (2 * s)) % 4);
    readValues(block, 8 + 16 * s, d * (scale - 32), y.subarray(32 * s, 32 * s + 32));
  }
}

function readValues(block: DataView, at: number, scale: number, y: Float64Array): void {
  for (let i = 0; i < 16; i++) {
    y[i] = scale * values[block.getUint8(at + i) & 15]!;
    y[i + 16] = scale * values[block.getUint8(at + i) >> 4]!;
  }
}

const runsIQ3S = runsOf(gridOfIQ3S);
const runsIQ3XXS = runsOf(gridOfIQ3XXS);
const levelsIQ3S = [1, 3, 5, 7, 9, 11, 13, 15];
const levelsIQ3XXS = [4, 12, 20, 28, 36, 44, 52, 62];

/**
 * d f16, 64 bytes of runs, 8 of their ninth bits, 32 of signs, 4 of scale nibbles: y = ± d (1 + 2 scale)
 * level, a scale for each 32, a run for each 4.
 */
function readIQ3S(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let i = 0; i < 256; i++) {
    const run = i >> 2;
    const ninth = (block.getUint8(66 + (run >> 3)) >> (run & 7)) & 1;
    const level = (runsIQ3S[block.getUint8(2 + run) + 256 * ninth]! >> (4 * (i & 3))) & 15;
    const sign = (block.getUint8(74 + (i >> 3)) >> (i & 7)) & 1 ? -1 : 1;
    const scale = (block.getUint8(106 + (i >> 6)) >> (4 * ((i >> 5) & 1))) & 15;
    y[i] = sign * d * (1 + 2 * scale) * levelsIQ3S[level]!;
  }
}

/**
 * d f16, 64 bytes of runs, a word for each 32 with 4 × 7 signs and a scale in its top 4 bits: y = ± d (1/2 +
 * scale) / 2 level. The eighth sign of a group makes the number of minus signs even.
 */
function readIQ3XXS(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let i = 0; i < 256; i++) {
    const word = block.getUint32(66 + 4 * (i >> 5), true);
    const seven = (word >>> (7 * ((i >> 3) & 3))) & 127;
    const bits = [0, 1, 2, 3, 4, 5, 6].map((bit) => (seven >> bit) & 1);
    const minus = (i & 7) < 7 ? bits[i & 7]! : bits.reduce((a, b) => a ^ b);
    const level = (runsIQ3XXS[block.getUint8(2 + (i >> 2))]! >> (4 * (i & 3))) & 15;
    y[i] = (minus ? -1 : 1) * d * (0.25 + (word >>> 28) / 2) * levelsIQ3XXS[level]!;
  }
}
