import {
  blockOfType,
  isPlain,
  sizeBytesOf,
  type PlainType,
  type RunType,
} from "../../engine/weights/types/type-facts";
import { drawingOf, setFloat16 } from "../samples/draw-blocks";
import type { Random } from "../../ground/random";

/**
 * Yields rows [nRows, nColumns] of random weights with standard deviation std × rowScale(row), in pieces of
 * about 4 MiB. The fields of quantized blocks are drawn directly: quantizing drawn weights would take minutes
 * for a real model.
 */
export function* randomRows(
  type: RunType,
  [nRows, nColumns]: readonly [number, number],
  std: number,
  rowScale: (row: number) => number,
  random: Random,
): Generator<Uint8Array> {
  const rowBytes = sizeBytesOf(type, nColumns);
  const rowsPerPiece = Math.max(1, Math.floor((4 << 20) / rowBytes));
  for (let firstRow = 0; firstRow < nRows; firstRow += rowsPerPiece) {
    const rows = Math.min(rowsPerPiece, nRows - firstRow);
    const words = new Uint32Array(Math.ceil((rows * rowBytes) / 4));
    const view = new DataView(words.buffer, 0, rows * rowBytes);
    if (isPlain(type)) {
      const write = writePlain[type];
      const numberBytes = blockOfType(type).bytes;
      for (let i = 0; i < rows * nColumns; i++)
        write(view, i * numberBytes, random.normal() * std * rowScale(firstRow + Math.floor(i / nColumns)));
    } else {
      random.fillU32(words);
      const blockBytes = blockOfType(type).bytes;
      const draw = drawingOf(type);
      for (let row = 0; row < rows; row++) {
        const scaled = std * rowScale(firstRow + row);
        for (let at = row * rowBytes; at < (row + 1) * rowBytes; at += blockBytes)
          draw(view, at, scaled * random.between(0.8, 1.2));
      }
    }
    yield new Uint8Array(words.buffer, 0, rows * rowBytes);
  }
}

const writePlain: Readonly<Record<PlainType, (view: DataView, at: number, value: number) => void>> = {
  F32: (view, at, value) => view.setFloat32(at, value, true),
  F16: setFloat16,
  BF16: (view, at, value) => {
    const bits = float32Bits(value);
    view.setUint16(at, (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16, true); // to nearest, ties to even
  },
};

const oneFloat = new Float32Array(1);
const oneWord = new Uint32Array(oneFloat.buffer);

function float32Bits(value: number): number {
  oneFloat[0] = value;
  return oneWord[0]!;
}
