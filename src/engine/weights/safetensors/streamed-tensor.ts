import type { ByteSource } from "../bytes/byte-source";
import { sizeBytesOf, type PlainType, type TensorType } from "../types/type-facts";
import { runsOf, type HeadOrder } from "./head-order";

/**
 * A tensor as the engine takes it, in GGUF's order and types, made from the bytes of a safetensors file while
 * they are read.
 */
export interface StreamedTensor {
  readonly type: TensorType;
  readonly sizeBytes: number;
  /** The start of its bytes in the file: tensors are read in this order. */
  readonly fileOffset: number;
  /** F32 [1] that all of its weights are multiplied with, a tensor of its own: NVFP4's. */
  readonly scale?: StreamedTensor;
  /** Bytes [offset, offset + length); a few MiB. `buffer` as in {@link ByteSource.read}. */
  read(offset: number, length: number, buffer?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>>;
}

/** Rows [first, first + count) of a tensor in the order and type of the engine. */
export type ReadRows = (first: number, count: number) => Promise<Uint8Array<ArrayBuffer>>;

/** A tensor that is made row by row. */
export function rowTensor(
  type: TensorType,
  fileOffset: number,
  nRows: number,
  rowBytes: number,
  readRows: ReadRows,
): StreamedTensor {
  return {
    type,
    fileOffset,
    sizeBytes: nRows * rowBytes,
    async read(offset, length) {
      const first = Math.floor(offset / rowBytes);
      const end = Math.ceil((offset + length) / rowBytes);
      const rows = await readRows(first, end - first);
      return rows.subarray(offset - first * rowBytes, offset - first * rowBytes + length);
    },
  };
}

/** A tensor that is made whole: small. */
export function wholeTensor(
  fileOffset: number,
  nElements: number,
  make: () => Promise<Float32Array<ArrayBuffer>>,
): StreamedTensor {
  return rowTensor("F32", fileOffset, 1, nElements * 4, async () => new Uint8Array((await make()).buffer));
}

/** A matrix of plain numbers, its value heads moved to where the engine has them. */
export function plainMatrix(
  source: ByteSource,
  fileOffset: number,
  type: PlainType,
  [nRows, nColumns]: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor {
  const rowBytes = sizeBytesOf(type, nColumns);
  if (!order) {
    const sizeBytes = nRows * rowBytes;
    return {
      type,
      fileOffset,
      sizeBytes,
      read: (offset, length, buffer) => source.read(fileOffset + offset, length, buffer),
    };
  }
  const readRows: ReadRows = async (first, count) => {
    const rows = await readFileRows(source, fileOffset, rowBytes, order, first, count);
    return order.axis === "columns" ? moveColumns(rows, rowBytes, sizeBytesOf(type, 1), order) : rows;
  };
  return rowTensor(type, fileOffset, nRows, rowBytes, readRows);
}

/** Rows of `rowBytes` from `fileOffset` on, in the engine's order where that moves rows. */
export async function readFileRows(
  source: ByteSource,
  fileOffset: number,
  rowBytes: number,
  order: HeadOrder | undefined,
  first: number,
  count: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const runs = [...runsOf(order?.axis === "rows" ? order : undefined, first, count)];
  const [only] = runs;
  if (runs.length === 1 && only)
    return source.read(fileOffset + only.inFile * rowBytes, only.length * rowBytes);
  const rows = new Uint8Array(count * rowBytes);
  for (const { at, inFile, length } of runs)
    rows.set(await source.read(fileOffset + inFile * rowBytes, length * rowBytes), (at - first) * rowBytes);
  return rows;
}

const wholeReadBytes = 4 << 20;

/** All bytes of a tensor of the file, a few MiB at a time. */
export async function readWhole(
  source: ByteSource,
  { offset, sizeBytes }: { readonly offset: number; readonly sizeBytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += wholeReadBytes)
    bytes.set(await source.read(offset + at, Math.min(wholeReadBytes, sizeBytes - at)), at);
  return bytes;
}

/** Columns of `columnBytes` (those of a group, where numbers share a byte) moved within each row. */
export function moveColumns(
  rows: Uint8Array<ArrayBuffer>,
  rowBytes: number,
  columnBytes: number,
  order: HeadOrder,
): Uint8Array<ArrayBuffer> {
  const moved = new Uint8Array(rows.length);
  const runs = [...runsOf(order, 0, rowBytes / columnBytes)];
  for (let row = 0; row < rows.length; row += rowBytes)
    for (const { at, inFile, length } of runs) {
      const from = row + inFile * columnBytes;
      moved.set(rows.subarray(from, from + length * columnBytes), row + at * columnBytes);
    }
  return moved;
}

/** The same for blocks of weights; a head has whole ones. */
export function moveBlocks(
  rows: Uint8Array<ArrayBuffer>,
  rowBytes: number,
  blockBytes: number,
  order: HeadOrder,
  blockWeights = 32,
): Uint8Array<ArrayBuffer> {
  const inBlocks = {
    ...order,
    first: order.first / blockWeights,
    perHead: order.perHead / blockWeights,
  };
  return moveColumns(rows, rowBytes, blockBytes, inBlocks);
}
