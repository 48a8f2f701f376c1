import { float16 } from "./float16";
import { gridFile, runsOf } from "./grid-file";
import type { ReadBlock } from "./read-block";

/** Runs of 8 levels out of a grid, with a sign each, or all moved by an eighth. */
export const iq2Blocks = {
  IQ2_XXS: readIQ2XXS,
  IQ2_XS: readIQ2XS,
  IQ2_S: readIQ2S,
  IQ1_S: readIQ1S,
  IQ1_M: readIQ1M,
} satisfies Record<string, ReadBlock>;

const runsIQ2XXS = runsOf(gridFile("iq2_xxs"));
const runsIQ2XS = runsOf(gridFile("iq2_xs"));
const runsIQ2S = runsOf(gridFile("iq2_s"));
const runsIQ1 = runsOf(gridFile("iq1"));
const valuesIQ2 = [8, 25, 43];

/** Level j of a run, of 2 bits. */
const levelOf = (run: number, j: number): number => (run >> (2 * j)) & 3;

/** True where number j of a run is negative: the eighth of seven signs makes their number even. */
function isMinus(seven: number, j: number): boolean {
  const bits = Array.from({ length: 7 }, (_, bit) => (seven >> bit) & 1);
  return (j < 7 ? bits[j]! : bits.reduce((a, b) => a ^ b)) === 1;
}

/** A run of the codebooks {8, 25, 43}: y = ± d (½ + scale) / 4 · value. */
function writeIQ2(
  y: Float64Array,
  group: number,
  scale: number,
  run: number,
  isNegative: (j: number) => boolean,
) {
  for (let j = 0; j < 8; j++)
    y[8 * group + j] = (isNegative(j) ? -1 : 1) * scale * valuesIQ2[levelOf(run, j)]!;
}

/** d f16, then for each 32 four bytes of runs and a word of 4 × 7 signs with a scale in its top 4 bits. */
function readIQ2XXS(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let group = 0; group < 32; group++) {
    const at = 2 + 8 * (group >> 2);
    const word = block.getUint32(at + 4, true);
    const seven = (word >>> (7 * (group & 3))) & 127;
    const run = runsIQ2XXS[block.getUint8(at + (group & 3))]!;
    writeIQ2(y, group, (d * (0.5 + (word >>> 28))) / 4, run, (j) => isMinus(seven, j));
  }
}

/** Scale nibble of the group, four groups a byte: the low one for the first two. */
const nibbleOf = (block: DataView, at: number, group: number): number =>
  (block.getUint8(at + (group >> 2)) >> (group & 2 ? 4 : 0)) & 15;

/** d f16, 32 halves of 9 bits of a run and 7 signs, 8 bytes of scale nibbles. */
function readIQ2XS(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let group = 0; group < 32; group++) {
    const half = block.getUint16(2 + 2 * group, true);
    const scale = (d * (0.5 + nibbleOf(block, 66, group))) / 4;
    writeIQ2(y, group, scale, runsIQ2XS[half & 511]!, (j) => isMinus(half >> 9, j));
  }
}

/** d f16, 32 bytes of runs, 32 of signs, 8 with two upper bits of each run, 8 of scale nibbles. */
function readIQ2S(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let group = 0; group < 32; group++) {
    const upper = (block.getUint8(66 + (group >> 2)) >> (2 * (group & 3))) & 3;
    const signs = block.getUint8(34 + group);
    const scale = (d * (0.5 + nibbleOf(block, 74, group))) / 4;
    const run = runsIQ2S[block.getUint8(2 + group) + 256 * upper]!;
    writeIQ2(y, group, scale, run, (j) => ((signs >> j) & 1) === 1);
  }
}

/** A run of {−1, 0, 1}: y = d (2 scale + 1) (value ± ⅛). */
function writeIQ1(y: Float64Array, group: number, scale: number, run: number, isMinusEighth: boolean) {
  for (let j = 0; j < 8; j++)
    y[8 * group + j] = scale * (levelOf(run, j) - 1 + (isMinusEighth ? -0.125 : 0.125));
}

/** d f16, 32 bytes of runs, a half for each 32: 4 × 3 upper bits, a scale of 3 bits, the sign of ⅛. */
function readIQ1S(block: DataView, y: Float64Array): void {
  const d = float16(block.getUint16(0, true));
  for (let group = 0; group < 32; group++) {
    const half = block.getUint16(34 + 2 * (group >> 2), true);
    const upper = (half >> (3 * (group & 3))) & 7;
    const run = runsIQ1[block.getUint8(2 + group) + 256 * upper]!;
    writeIQ1(y, group, d * (2 * ((half >> 12) & 7) + 1), run, half >> 15 === 1);
  }
}

/**
 * 32 bytes of runs, a nibble for each: 3 upper bits and the sign of ⅛. Four words: 4 scales of 3 bits, one
 * for each 16, and a nibble of d, the lowest first.
 */
function readIQ1M(block: DataView, y: Float64Array): void {
  const words = [0, 1, 2, 3].map((i) => block.getUint16(48 + 2 * i, true));
  const d = float16(words.reduce((bits, word, i) => bits | ((word >> 12) << (4 * i)), 0));
  for (let group = 0; group < 32; group++) {
    const nibble = (block.getUint8(32 + (group >> 1)) >> (4 * (group & 1))) & 15;
    const sixteen = group >> 1;
    const scale = 2 * ((words[sixteen >> 2]! >> (3 * (sixteen & 3))) & 7) + 1;
    const run = runsIQ1[block.getUint8(group) + 256 * (nibble & 7)]!;
    writeIQ1(y, group, d * scale, run, nibble >> 3 === 1);
  }
}
