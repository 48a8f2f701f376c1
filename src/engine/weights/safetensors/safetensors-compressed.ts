import type { ByteSource } from "../bytes/byte-source";
import { float16Bits, plainToHalves } from "../bytes/half-floats";
import { blockOfType, type PlainType } from "../types/type-facts";
import { rowsInFile, type HeadOrder } from "./head-order";
import { packedBlockWeights, putHalf, putNeighbours } from "./packed-blocks";
import type { SafetensorsTensor } from "./safetensors";
import {
  moveBlocks,
  readFileRows,
  readWhole,
  rowTensor,
  type ReadRows,
  type StreamedTensor,
} from "./streamed-tensor";

/** A matrix of compressed-tensors ("pack-quantized" or "int-quantized"): w = (q − zero) scale, row by row. */
export interface CompressedParts {
  /**
   * i32 [rows, columns × bits / 32], the first code in the lowest bits, the middle of the codes for 0; or I8
   * [rows, columns], signed.
   */
  readonly weight: SafetensorsTensor;
  /** F32, F16 or BF16 [rows, groups]. */
  readonly scales: SafetensorsTensor;
  /**
   * i32 [rows / 8, groups] of 4-bit codes, neighbouring rows a word; undefined where every zero is the
   * middle.
   */
  readonly zeros: SafetensorsTensor | undefined;
  readonly bits: 4 | 8;
  readonly nGroups: number;
}

/**
 * Makes Q4_0 and Q8_0, or with zeros of their own AWQ_Q4, of compressed-tensors: the same codes, scales and
 * zeros. mlxMatrix says what BF16 scales become.
 */
export function compressedMatrix(
  source: ByteSource,
  { weight, scales, zeros, bits, nGroups }: CompressedParts,
  [nRows, nColumns]: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  const type = bits === 8 ? "Q8_0" : zeros ? "AWQ_Q4" : "Q4_0";
  const codesAt = zeros ? 4 : 2;
  const blockBytes = blockOfType(type).bytes;
  const nBlocks = nColumns / packedBlockWeights;
  const blocksPerGroup = nBlocks / nGroups;
  const groupBytes = nGroups * (scales.sizeBytes / (nRows * nGroups));
  const flipped = weight.type === "I8" ? 0 : 0x80; // from codes around 128 to signed ones
  let readZeros: Promise<Uint32Array> | undefined;
  const readRows: ReadRows = async (first, count) => {
    const rowsOf = ({ offset }: SafetensorsTensor, bytesPerRow: number) =>
      readFileRows(source, offset, bytesPerRow, order, first, count);
    const codes = await rowsOf(weight, (nColumns * bits) / 8);
    const d = plainToHalves(scales.type as PlainType, await rowsOf(scales, groupBytes));
    readZeros ??= zeros && readWhole(source, zeros).then((bytes) => new Uint32Array(bytes.buffer));
    const z = await readZeros;
    const fileRows = z && rowsInFile(order, first, count);
    const rows = new Uint8Array(count * nBlocks * blockBytes);
    for (let block = 0; block < count * nBlocks; block++) {
      const row = Math.floor(block / nBlocks);
      const group = Math.floor((block % nBlocks) / blocksPerGroup);
      const at = block * blockBytes;
      putHalf(rows, at, d[row * nGroups + group]!);
      if (z && fileRows) {
        const fileRow = fileRows[row]!;
        const word = z[(fileRow >> 3) * nGroups + group]!;
        putHalf(rows, at + 2, float16Bits((word >>> (4 * (fileRow & 7))) & 15));
      }
      if (bits === 4) putNeighbours(rows, at + codesAt, codes, block * 16);
      else for (let i = 0; i < 32; i++) rows[at + 2 + i] = codes[block * 32 + i]! ^ flipped;
    }
    return order?.axis === "columns" ? moveBlocks(rows, nBlocks * blockBytes, blockBytes, order) : rows;
  };
  return rowTensor(type, weight.offset, nRows, nBlocks * blockBytes, readRows);
}
