import type { ByteSource } from "./byte-source";
import { float16Bits, plainToF32, type PlainType } from "./half-floats";
import type { HeadOrder } from "./head-order";
import type { SafetensorsTensor } from "./safetensors";
import { moveBlocks, readFileRows, rowTensor, type ReadRows, type StreamedTensor } from "./streamed-tensor";

const blockWeights = 32;
const blockBytes = 20; // Q4_1: d, m f16, 16 bytes of nibbles

export interface MlxParts {
  /** u32 [rows, columns / 8], the first code in the lowest bits. */
  readonly weight: SafetensorsTensor;
  /** F16 or BF16 [rows, columns / groupSize]. */
  readonly scales: SafetensorsTensor;
  readonly biases: SafetensorsTensor;
  readonly groupSize: number;
}

/**
 * MLX's affine 4 bits, w = q scale + bias, as Q4_1 blocks, w = q d + m. Scales become f16: F16 ones as they are, BF16 ones exactly from
 * 2⁻¹⁷ to 65,504; below, they are off by 2⁻²⁵ at most.
 */
export function mlxMatrix(
  source: ByteSource,
  { weight, scales, biases, groupSize }: MlxParts,
  [nRows, nColumns]: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  const nBlocks = nColumns / blockWeights;
  const nGroups = nColumns / groupSize;
  const rowBytes = nBlocks * blockBytes;
  const readRows: ReadRows = async (first, count) => {
    const rowsOf = ({ offset }: SafetensorsTensor, bytesPerRow: number) =>
      readFileRows(source, offset, bytesPerRow, order, first, count);
    const codes = await rowsOf(weight, nColumns / 2);
    const d = halves(scales.type as PlainType, await rowsOf(scales, nGroups * 2));
    const m = halves(biases.type as PlainType, await rowsOf(biases, nGroups * 2));
    const rows = new Uint8Array(count * rowBytes);
    for (let block = 0; block < count * nBlocks; block++) {
      const row = Math.floor(block / nBlocks);
      const group = row * nGroups + Math.floor(((block % nBlocks) * blockWeights) / groupSize);
      const at = block * blockBytes;
      rows[at] = d[group]!;
      rows[at + 1] = d[group]! >> 8;
      rows[at + 2] = m[group]!;
      rows[at + 3] = m[group]! >> 8;
      packNibbles(rows, at + 4, codes, block * 16);
    }
    return order?.axis === "columns" ? moveBlocks(rows, rowBytes, blockBytes, order) : rows;
  };
  return rowTensor("Q4_1", weight.offset, nRows, rowBytes, readRows);
}

/** From two codes to a byte in a row, to ggml's: the first 16 codes of a block in the low nibbles, the last 16 in the high ones. */
function packNibbles(to: Uint8Array, at: number, from: Uint8Array, start: number): void {
  for (let j = 0; j < 8; j++) {
    const [first, last] = [from[start + j]!, from[start + 8 + j]!];
    to[at + 2 * j] = (first & 15) | ((last & 15) << 4);
    to[at + 2 * j + 1] = (first >> 4) | (last & 0xf0);
  }
}

function halves(type: PlainType, bytes: Uint8Array<ArrayBuffer>): Uint16Array {
  return Uint16Array.from(plainToF32(type, bytes), float16Bits);
}
