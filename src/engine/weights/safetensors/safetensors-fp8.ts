import type { ByteSource } from "../bytes/byte-source";
import { plainToF32 } from "../bytes/half-floats";
import { isPlain } from "../types/type-facts";
import { runsOf, type HeadOrder } from "./head-order";
import type { SafetensorsTensor } from "./safetensors";
import { moveColumns, readFileRows, rowTensor, type ReadRows, type StreamedTensor } from "./streamed-tensor";

export interface Fp8Parts {
  /** e4m3 [rows, columns]. */
  readonly weight: SafetensorsTensor;
  /**
   * F32, F16 or BF16, or powers of two as e8m0, [⌈rows / block rows⌉, ⌈columns / block columns⌉]; a weight
   * is its code times the scale of its block.
   */
  readonly scaleInv: SafetensorsTensor;
  readonly blockShape: readonly [rows: number, columns: number];
}

/** Sign, 4 bits of exponent with bias 7, 3 of fraction; no infinities, 0x7F is NaN. */
export const e4m3Values = Float32Array.from({ length: 256 }, (_, bits) => {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >> 3) & 15;
  const fraction = bits & 7;
  if ((bits & 0x7f) === 0x7f) return NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10));
});

const e8m0 = (exponent: number): number => (exponent === 255 ? NaN : 2 ** (exponent - 127));

/**
 * Block FP8 as F32 rows: 4 bits of a code times 8 or 11 of a scale are exact there, and in no smaller type.
 */
export function fp8Matrix(
  source: ByteSource,
  { weight, scaleInv, blockShape }: Fp8Parts,
  [nRows, nColumns]: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  const [blockRows, blockColumns] = blockShape;
  const blocksPerRow = Math.ceil(nColumns / blockColumns);
  let scales: Promise<Float32Array> | undefined;
  const readRows: ReadRows = async (first, count) => {
    scales ??= source
      .read(scaleInv.offset, scaleInv.sizeBytes)
      .then((bytes) =>
        isPlain(scaleInv.type) ? plainToF32(scaleInv.type, bytes) : Float32Array.from(bytes, e8m0),
      );
    const scale = await scales;
    const codes = await readFileRows(source, weight.offset, nColumns, order, first, count);
    const values = new Float32Array(count * nColumns);
    for (const { at, inFile, length } of runsOf(order?.axis === "rows" ? order : undefined, first, count))
      for (let i = 0; i < length; i++) {
        const row = (at - first + i) * nColumns;
        const scaleRow = Math.floor((inFile + i) / blockRows) * blocksPerRow;
        for (let block = 0; block < blocksPerRow; block++) {
          const s = scale[scaleRow + block]!;
          const end = Math.min(nColumns, (block + 1) * blockColumns);
          for (let c = block * blockColumns; c < end; c++) values[row + c] = e4m3Values[codes[row + c]!]! * s;
        }
      }
    const rows = new Uint8Array(values.buffer);
    return order?.axis === "columns" ? moveColumns(rows, nColumns * 4, 4, order) : rows;
  };
  return rowTensor("F32", weight.offset, nRows, nColumns * 4, readRows);
}
