import type { ByteSource } from "../bytes/byte-source";
import { plainToHalves } from "../bytes/half-floats";
import { blockOfType, type PlainType, type WeightType } from "../types/type-facts";
import type { HeadOrder } from "./head-order";
import {
  copyBlock,
  packedBlockWeights,
  putFifthBits,
  putHalf,
  putNeighbours,
  putNibbles,
  unpackCodes,
} from "./packed-blocks";
import type { SafetensorsTensor } from "./safetensors";
import { moveBlocks, readFileRows, rowTensor, type ReadRows, type StreamedTensor } from "./streamed-tensor";

/** Widths of MLX's codes. */
export const mlxBits = [2, 3, 4, 5, 6, 8] as const;
export type MlxBits = (typeof mlxBits)[number];

export interface MlxParts {
  /** u32 [rows, columns × bits / 32]: a row's codes as one stream of bits, the first in the lowest. */
  readonly weight: SafetensorsTensor;
  /** F32, F16 or BF16 [rows, columns / groupSize]. */
  readonly scales: SafetensorsTensor;
  readonly biases: SafetensorsTensor;
  readonly bits: MlxBits;
  readonly groupSize: number;
}

/** The type of the fewest bits that holds the codes. */
const typeOf: Readonly<Record<MlxBits, WeightType>> = {
  2: "Q4_1",
  3: "Q4_1",
  4: "Q4_1",
  5: "Q5_1",
  6: "MLX_Q8",
  8: "MLX_Q8",
};

/**
 * MLX's affine codes, w = q scale + bias, as blocks of w = q d + m. Scales become f16: F16 ones as they are,
 * BF16 ones exactly from 2⁻¹⁷ to 65,504; below, they are off by 2⁻²⁵ at most.
 */
export function mlxMatrix(
  source: ByteSource,
  { weight, scales, biases, bits, groupSize }: MlxParts,
  [nRows, nColumns]: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  const type = typeOf[bits];
  const blockBytes = blockOfType(type).bytes;
  const nBlocks = nColumns / packedBlockWeights;
  const nGroups = nColumns / groupSize;
  const blocksPerGroup = groupSize / packedBlockWeights;
  const groupBytes = nGroups * (scales.sizeBytes / (nRows * nGroups));
  const putCodes = codesOf(bits);
  const readRows: ReadRows = async (first, count) => {
    const rowsOf = ({ offset }: SafetensorsTensor, bytesPerRow: number) =>
      readFileRows(source, offset, bytesPerRow, order, first, count);
    const codes = await rowsOf(weight, (nColumns * bits) / 8);
    const d = plainToHalves(scales.type as PlainType, await rowsOf(scales, groupBytes));
    const m = plainToHalves(biases.type as PlainType, await rowsOf(biases, groupBytes));
    const rows = new Uint8Array(count * nBlocks * blockBytes);
    // A row has whole groups, so that blocks and groups are counted through.
    for (let block = 0; block < count * nBlocks; block++) {
      const group = Math.floor(block / blocksPerGroup);
      const at = block * blockBytes;
      putHalf(rows, at, d[group]!);
      putHalf(rows, at + 2, m[group]!);
      putCodes(rows, at + 4, codes, block * 4 * bits);
    }
    return order?.axis === "columns" ? moveBlocks(rows, nBlocks * blockBytes, blockBytes, order) : rows;
  };
  return rowTensor(type, weight.offset, nRows, nBlocks * blockBytes, readRows);
}

/** Brings a block's codes from the stream at byte `start` to what of the block follows d and m. */
function codesOf(bits: MlxBits): (to: Uint8Array, at: number, from: Uint8Array, start: number) => void {
  if (bits === 4) return putNeighbours;
  if (bits === 8) return copyBlock;
  const codes = new Uint8Array(packedBlockWeights);
  return (to, at, from, start) => {
    unpackCodes(from, start, bits, codes);
    if (bits === 6) copyBlock(to, at, codes, 0);
    else if (bits === 5) {
      putFifthBits(to, at, codes);
      putNibbles(to, at + 4, codes);
    } else putNibbles(to, at, codes);
  };
}

export interface Mxfp4Parts {
  /** u32 [rows, columns / 8] of e2m1 codes. */
  readonly weight: SafetensorsTensor;
  /** U8 [rows, columns / 32]: e8m0, the power of two that a block's codes are multiplied with. */
  readonly scales: SafetensorsTensor;
}

/** MLX's "mxfp4" as ggml's MXFP4: the same codes and exponents. */
export function mxfp4Matrix(
  source: ByteSource,
  { weight, scales }: Mxfp4Parts,
  [nRows, nColumns]: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  const type = "MXFP4"; // e u8, 16 bytes of nibbles
  const blockBytes = blockOfType(type).bytes;
  const nBlocks = nColumns / packedBlockWeights;
  const readRows: ReadRows = async (first, count) => {
    const codes = await readFileRows(source, weight.offset, nColumns / 2, order, first, count);
    const exponents = await readFileRows(source, scales.offset, nBlocks, order, first, count);
    const rows = new Uint8Array(count * nBlocks * blockBytes);
    for (let block = 0; block < count * nBlocks; block++) {
      rows[block * blockBytes] = exponents[block]!;
      putNeighbours(rows, block * blockBytes + 1, codes, block * 16);
    }
    return order?.axis === "columns" ? moveBlocks(rows, nBlocks * blockBytes, blockBytes, order) : rows;
  };
  return rowTensor(type, weight.offset, nRows, nBlocks * blockBytes, readRows);
}
