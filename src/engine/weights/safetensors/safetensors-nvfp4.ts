import type { ByteSource } from "../bytes/byte-source";
import { blockOfType } from "../types/type-facts";
import type { HeadOrder } from "./head-order";
import type { SafetensorsTensor } from "./safetensors";
import {
  moveBlocks,
  readFileRows,
  rowTensor,
  wholeTensor,
  type ReadRows,
  type StreamedTensor,
} from "./streamed-tensor";

export interface Nvfp4Parts {
  /** U8 [rows, columns / 2] or the same as U32: e2m1 codes, the lower nibble first. */
  readonly weight: SafetensorsTensor;
  /** e4m3 [rows, columns / 16], a scale for each 16 weights; none is negative. */
  readonly scales: SafetensorsTensor;
  /** F32 [1], which all weights are multiplied with, or divided by; MLX has none. */
  readonly matrixScale?: { readonly tensor: SafetensorsTensor; readonly isDivisor: boolean } | undefined;
}

/** ggml's NVFP4: the same codes and scales, in blocks of 64 whose halves of 16 weights lie by nibbles. */
export function nvfp4Matrix(
  source: ByteSource,
  { weight, scales, matrixScale }: Nvfp4Parts,
  [nRows, nColumns]: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  const type = "NVFP4";
  const block = blockOfType(type);
  const nBlocks = nColumns / block.weights;
  const readRows: ReadRows = async (first, count) => {
    const codes = await readFileRows(source, weight.offset, nColumns / 2, order, first, count);
    const groups = await readFileRows(source, scales.offset, nColumns / 16, order, first, count);
    const rows = new Uint8Array(count * nBlocks * block.bytes);
    for (let group = 0; group < groups.length; group++) {
      const at = Math.floor(group / 4) * block.bytes;
      rows[at + (group % 4)] = groups[group]!;
      putHalves(rows, at + 4 + 8 * (group % 4), codes, 8 * group);
    }
    return order?.axis === "columns"
      ? moveBlocks(rows, nBlocks * block.bytes, block.bytes, order, block.weights)
      : rows;
  };
  const matrix = rowTensor(type, weight.offset, nRows, nBlocks * block.bytes, readRows);
  if (!matrixScale) return matrix;
  const { tensor, isDivisor } = matrixScale;
  const scale = wholeTensor(tensor.offset, 1, async () => {
    const [value] = new Float32Array((await source.read(tensor.offset, 4)).buffer);
    return Float32Array.of(isDivisor ? 1 / value! : value!);
  });
  return { ...matrix, scale };
}

/** 16 codes from 8 bytes of two neighbours each, the first 8 to the lower nibbles. */
function putHalves(to: Uint8Array, at: number, from: Uint8Array, start: number): void {
  for (let j = 0; j < 4; j++) {
    const [first, last] = [from[start + j]!, from[start + 4 + j]!];
    to[at + 2 * j] = (first & 15) | ((last & 15) << 4);
    to[at + 2 * j + 1] = (first >> 4) | (last & 0xf0);
  }
}
