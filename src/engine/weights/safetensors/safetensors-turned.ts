import { counted, formatCount } from "../../../ground/figures";
import type { ByteSource } from "../bytes/byte-source";
import { float16Bits, plainToF32, plainToHalves } from "../bytes/half-floats";
import { blockOfType, type PlainType } from "../types/type-facts";
import { runsOf, type HeadOrder } from "./head-order";
import { refuse } from "./hf-fields";
import { packedBlockWeights } from "./packed-blocks";
import type { SafetensorsTensor } from "./safetensors";
import {
  moveBlocks,
  moveColumns,
  readWhole,
  rowTensor,
  type ReadRows,
  type StreamedTensor,
} from "./streamed-tensor";
import { t } from "../../../language/language";

/**
 * These matrices lie column by column, so each is read whole; the largest of a 27B takes 45 MB in 4 bits, 90
 * in 8.
 */
export const maxTurnedBytes = 96 << 20;

/**
 * A matrix of GPTQ's or AWQ's: w = (q − zero) scale, a scale and a zero for each row and group of columns.
 */
export interface TurnedParts {
  /**
   * GPTQ: i32 [columns × bits / 32, rows], codes of neighbouring columns a word. AWQ: i32 [columns, rows /
   * 8].
   */
  readonly qweight: SafetensorsTensor;
  /** i32 [groups, rows × bits / 32]. */
  readonly qzeros: SafetensorsTensor;
  /** F32, F16 or BF16 [groups, rows]. */
  readonly scales: SafetensorsTensor;
  /**
   * i32 [columns], the group of each column, where columns were quantized in another order than they lie in
   * (desc_act).
   */
  readonly gIdx: SafetensorsTensor | undefined;
  readonly layout: "gptq" | "awq";
  readonly bits: 4 | 8;
  readonly nGroups: number;
  /** The number to add to a stored zero: GPTQ's first format stores one less. */
  readonly addedToZero: 0 | 1;
  /** True when config.json says that every zero is the middle of the codes. */
  readonly isSymmetric: boolean;
}

/** The whole matrix as it is read, in GPTQ's order. */
interface Loaded {
  /** [columns × bits / 32, rows] */
  readonly words: Uint32Array;
  /** f16 bits [groups, rows] */
  readonly halves: Uint16Array;
  /** f32 [groups, rows] */
  readonly scales: Float32Array;
  /** [groups, rows] */
  readonly zeros: Uint8Array;
  /** The group of each column; undefined where they follow one another. */
  readonly groups: Uint32Array | undefined;
}

/**
 * GPTQ and AWQ row by row. Symmetric codes become Q4_0 and Q8_0, those with zeros of their own AWQ_Q4: the
 * same codes, scales and zeros. Where the columns of a block are of different groups (act-order), no block
 * holds them, and rows are F32, for the person's choice to quantize. What BF16 scales become: see mlxMatrix.
 */
export function turnedMatrix(
  source: ByteSource,
  parts: TurnedParts,
  shape: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  const { qweight, bits, isSymmetric, gIdx } = parts;
  const [nRows, nColumns] = shape;
  if (qweight.sizeBytes > maxTurnedBytes)
    refuse(
      t('Tensor "{name}" has {bytes}; up to {maxTurnedBytes} are turned round.', {
        name: qweight.name,
        bytes: counted(qweight.sizeBytes, "byte"),
        maxTurnedBytes: formatCount(maxTurnedBytes),
      }),
    );
  const layout =
    gIdx || (bits === 8 && !isSymmetric)
      ? plainRows(parts, nColumns)
      : bits === 8
        ? q8Rows(parts, nColumns)
        : q4Rows(parts, nColumns);
  const { type, rowBytes, putRows } = layout;

  let loaded: Promise<Loaded> | undefined;
  const readRows: ReadRows = async (first, count) => {
    loaded ??= load(source, parts, shape);
    const whole = await loaded;
    if (first + count === nRows) loaded = undefined; // the last rows: nobody comes back for this matrix
    const rows = new Uint8Array(count * rowBytes);
    for (const { at, inFile, length } of runsOf(order?.axis === "rows" ? order : undefined, first, count))
      putRows(rows, (at - first) * rowBytes, { ...whole, nRows, first: inFile, count: length });
    if (order?.axis !== "columns") return rows;
    return type === "F32"
      ? moveColumns(rows, rowBytes, 4, order)
      : moveBlocks(rows, rowBytes, (rowBytes * packedBlockWeights) / nColumns, order);
  };
  return rowTensor(type, qweight.offset, nRows, rowBytes, readRows);
}

/** The f16 of 0 to 15. */
const halfOfCode = Uint16Array.from({ length: 16 }, (_, code) => float16Bits(code));

interface RowLayout {
  readonly type: "Q4_0" | "AWQ_Q4" | "Q8_0" | "F32";
  readonly rowBytes: number;
  /** Writes rows of the file from byte `start` on. */
  readonly putRows: (to: Uint8Array, start: number, from: LoadedRows) => void;
}

/** Rows [first, first + count) of a matrix of `nRows`. */
interface LoadedRows extends Loaded {
  readonly nRows: number;
  readonly first: number;
  readonly count: number;
}

/** Q4_0: d f16, nibbles. AWQ_Q4: d, z f16, nibbles. */
function q4Rows({ isSymmetric, nGroups }: TurnedParts, nColumns: number): RowLayout {
  const nBlocks = nColumns / packedBlockWeights;
  const type = isSymmetric ? "Q4_0" : "AWQ_Q4";
  const codesAt = isSymmetric ? 2 : 4;
  const blockBytes = blockOfType(type).bytes;
  const rowBytes = nBlocks * blockBytes;
  const blocksPerGroup = nBlocks / nGroups;
  return {
    type,
    rowBytes,
    putRows(to, start, { words, halves, zeros, nRows, first, count }) {
      const halfWords = new Uint16Array(to.buffer, to.byteOffset + start, (count * rowBytes) / 2);
      forEachBlock(nBlocks, count, (block, i) => {
        const at = (i * rowBytes + block * blockBytes) / 2;
        const row = first + i;
        const group = Math.floor(block / blocksPerGroup) * nRows + row;
        halfWords[at] = halves[group]!;
        if (!isSymmetric) halfWords[at + 1] = halfOfCode[zeros[group]!]!;
        const word = block * 4 * nRows + row;
        putWords(halfWords, at + codesAt / 2, words[word]!, words[word + 2 * nRows]!);
        putWords(halfWords, at + codesAt / 2 + 4, words[word + nRows]!, words[word + 3 * nRows]!);
      });
    },
  };
}

/** d f16, i8[32] */
function q8Rows({ nGroups }: TurnedParts, nColumns: number): RowLayout {
  const nBlocks = nColumns / packedBlockWeights;
  const blockBytes = blockOfType("Q8_0").bytes;
  const rowBytes = nBlocks * blockBytes;
  const blocksPerGroup = nBlocks / nGroups;
  return {
    type: "Q8_0",
    rowBytes,
    putRows(to, start, { words, halves, nRows, first, count }) {
      const halfWords = new Uint16Array(to.buffer, to.byteOffset + start, (count * rowBytes) / 2);
      forEachBlock(nBlocks, count, (block, i) => {
        let at = (i * rowBytes + block * blockBytes) / 2;
        const row = first + i;
        halfWords[at++] = halves[Math.floor(block / blocksPerGroup) * nRows + row]!;
        for (let j = 0; j < 8; j++) {
          const word = words[(block * 8 + j) * nRows + row]! ^ 0x80808080; // minus 128 in each byte
          halfWords[at++] = word;
          halfWords[at++] = word >>> 16;
        }
      });
    },
  };
}

/**
 * Visits the blocks of `count` rows, 128 rows at a time and block by block within them: neighbouring rows are
 * neighbours in the file, neighbouring blocks in the engine's rows, and what both touch stays in the cache.
 */
function forEachBlock(nBlocks: number, count: number, visit: (block: number, row: number) => void): void {
  const rowsAtOnce = 128;
  for (let first = 0; first < count; first += rowsAtOnce)
    for (let block = 0; block < nBlocks; block++)
      for (let row = first; row < Math.min(count, first + rowsAtOnce); row++) visit(block, row);
}

function plainRows({ bits, nGroups }: TurnedParts, nColumns: number): RowLayout {
  const perWord = 32 / bits;
  const perGroup = nColumns / nGroups;
  const mask = (1 << bits) - 1;
  return {
    type: "F32",
    rowBytes: nColumns * 4,
    putRows(to, start, { words, scales, zeros, groups, nRows, first, count }) {
      const values = new Float32Array(to.buffer, start, count * nColumns);
      for (let c = 0; c < nColumns; c++) {
        const groupStart = (groups ? groups[c]! : Math.floor(c / perGroup)) * nRows + first;
        const wordStart = Math.floor(c / perWord) * nRows + first;
        const shift = bits * (c % perWord);
        for (let i = 0; i < count; i++) {
          const code = (words[wordStart + i]! >>> shift) & mask;
          values[i * nColumns + c] = (code - zeros[groupStart + i]!) * scales[groupStart + i]!;
        }
      }
    },
  };
}

/**
 * Eight bytes, two in each half word, with the codes of one word in their low nibbles and of another in the
 * high ones.
 */
function putWords(to: Uint16Array, at: number, low: number, high: number): void {
  const first = spread(low & 0xffff) | (spread(high & 0xffff) << 4);
  const last = spread(low >>> 16) | (spread(high >>> 16) << 4);
  to[at] = first;
  to[at + 1] = first >>> 16;
  to[at + 2] = last;
  to[at + 3] = last >>> 16;
}

/** Four nibbles to the low nibbles of four bytes. */
function spread(nibbles: number): number {
  const pairs = (nibbles | (nibbles << 8)) & 0x00ff00ff;
  return (pairs | (pairs << 4)) & 0x0f0f0f0f;
}

async function load(
  source: ByteSource,
  parts: TurnedParts,
  [nRows, nColumns]: readonly [number, number],
): Promise<Loaded> {
  const wordsOf = async (tensor: SafetensorsTensor) =>
    new Uint32Array((await readWhole(source, tensor)).buffer);
  const type = parts.scales.type as PlainType;
  const scaleBytes = await readWhole(source, parts.scales);
  const zeros = zerosOf(parts, await wordsOf(parts.qzeros), nRows);
  if (parts.isSymmetric) checkSymmetric(parts, zeros);
  const groups = parts.gIdx && checkGroups(parts.gIdx, await wordsOf(parts.gIdx), parts.nGroups);
  const stored = await wordsOf(parts.qweight);
  const words = parts.layout === "awq" ? turnAwq(stored, nRows, nColumns) : stored;
  return {
    words,
    zeros,
    groups,
    scales: plainToF32(type, scaleBytes),
    halves: plainToHalves(type, scaleBytes),
  };
}

/** AWQ has eight rows in a word, row j at nibble awqNibbles[j]. */
const awqNibbles = [0, 4, 1, 5, 2, 6, 3, 7] as const;

/** From eight rows of one column a word to eight columns of one row. */
function turnAwq(stored: Uint32Array, nRows: number, nColumns: number): Uint32Array {
  const turned = new Uint32Array(stored.length);
  const rowWords = nRows / 8;
  const square = new Uint32Array(8);
  for (let octet = 0; octet < nColumns / 8; octet++)
    for (let rowWord = 0; rowWord < rowWords; rowWord++) {
      for (let i = 0; i < 8; i++) square[i] = stored[(octet * 8 + i) * rowWords + rowWord]!;
      transposeNibbles(square);
      const to = octet * nRows + rowWord * 8;
      for (let j = 0; j < 8; j++) turned[to + j] = square[awqNibbles[j]!]!;
    }
  return turned;
}

/**
 * Nibble j of word i and nibble i of word j change places: halves of the square of 8 × 8, then its quarters,
 * then pairs.
 */
function transposeNibbles(square: Uint32Array): void {
  for (let i = 0; i < 4; i++) exchange(square, i, i + 4, 16, 0xffff);
  for (const i of [0, 1, 4, 5]) exchange(square, i, i + 2, 8, 0x00ff00ff);
  for (let i = 0; i < 8; i += 2) exchange(square, i, i + 1, 4, 0x0f0f0f0f);
}

/** The upper part of word `a`, `shift` bits up, and the lower part of word `b`, both under `mask`. */
function exchange(words: Uint32Array, a: number, b: number, shift: number, mask: number): void {
  const difference = ((words[a]! >>> shift) ^ words[b]!) & mask;
  words[a]! ^= difference << shift;
  words[b]! ^= difference;
}

function zerosOf(
  { layout, bits, nGroups, addedToZero }: TurnedParts,
  stored: Uint32Array,
  nRows: number,
): Uint8Array {
  const perWord = 32 / bits;
  const mask = (1 << bits) - 1;
  const rowWords = nRows / perWord;
  const zeros = new Uint8Array(nGroups * nRows);
  for (let group = 0; group < nGroups; group++)
    for (let row = 0; row < nRows; row++) {
      const inWord = layout === "awq" ? awqNibbles[row % 8]! : row % perWord;
      const word = stored[group * rowWords + Math.floor(row / perWord)]!;
      // Codes wrap: a zero of 0 is stored as all ones by who stores one less.
      zeros[group * nRows + row] = (((word >>> (bits * inWord)) & mask) + addedToZero) & mask;
    }
  return zeros;
}

function checkSymmetric({ qzeros, bits, addedToZero }: TurnedParts, zeros: Uint8Array): void {
  const middle = 1 << (bits - 1);
  const other = zeros.find((zero) => zero !== middle);
  if (other !== undefined)
    refuse(
      t('Tensor "{name}" stores a zero of {value}; config.json says "sym", which makes it {value2}.', {
        name: qzeros.name,
        value: other - addedToZero,
        value2: middle - addedToZero,
      }),
    );
}

function checkGroups({ name }: SafetensorsTensor, groups: Uint32Array, nGroups: number): Uint32Array {
  const column = groups.findIndex((group) => group >= nGroups);
  if (column >= 0)
    refuse(
      t('Tensor "{name}" puts column {column} into group {value}; there are {nGroups}.', {
        name,
        column,
        value: groups[column]!,
        nGroups,
      }),
    );
  return groups;
}
