import { ggmlSizeBytes, ggmlTypes } from "../../engine/weights/gguf/ggml-types";
import { float16Bits } from "../../engine/weights/bytes/half-floats";
import type { MadeType } from "./make-model-types";
import type { Random } from "../../ground/random";

/** Makes the random bytes of the block at `at` a valid one, its weights with standard deviation `std`. */
type WriteBlock = (view: DataView, at: number, std: number) => void;

// Each constant is the standard deviation of a block's weights with d = 1, from the distribution of its
// fields.
const writeBlock: Readonly<Record<Exclude<MadeType, "F32" | "F16" | "BF16">, WriteBlock>> = {
  Q8_0: (view, at, std) => setFloat16(view, at, std / Math.sqrt(variance(256))),
  Q4_0: (view, at, std) => setFloat16(view, at, std / Math.sqrt(variance(16) + 0.25)),
  Q4_1: (view, at, std) => writeCentred(view, at, std, 16),
  Q5_0: (view, at, std) => setFloat16(view, at, std / Math.sqrt(variance(32) + 0.25)),
  Q5_1: (view, at, std) => writeCentred(view, at, std, 32),
  MXFP4: (view, at, std) => {
    // Scales are powers of two: the byte that is there chooses between two, such that the mean square is that
    // of std.
    const square = (std * std) / meanSquareFp4;
    const lower = Math.floor(Math.log2(square) / 2);
    const share = (square / 4 ** lower - 1) / 3; // of the upper one
    view.setUint8(at, 128 + lower + (view.getUint8(at) < 256 * share ? 1 : 0));
  },
  IQ4_NL: (view, at, std) => setFloat16(view, at, std / Math.sqrt(meanSquareIq4)),
  IQ4_XS: (view, at, std) => setFloat16(view, at, std / Math.sqrt(meanSquareIq4 * (variance(64) + 0.25))),
  // Their scales are 1 + 2 n and (1/2 + n) / 2, n of 4 bits.
  IQ3_S: (view, at, std) =>
    setFloat16(view, at, std / Math.sqrt(meanSquareIq3S * (4 * variance(16) + 16 ** 2))),
  IQ3_XXS: (view, at, std) =>
    setFloat16(view, at, std / Math.sqrt((meanSquareIq3Xxs * (variance(16) + 8 ** 2)) / 4)),
  Q2_K: (view, at, std) => {
    // Scales and mins 8 … 15: the top bit of both nibbles. dmin is such that the mean is 0.
    for (let i = at; i < at + 16; i++) view.setUint8(i, view.getUint8(i) | 0x88);
    const d = std / Math.sqrt((variance(8) + 11.5 ** 2) * variance(4) + 1.5 ** 2 * 2 * variance(8));
    setFloat16(view, at + 80, d);
    setFloat16(view, at + 82, 1.5 * d);
  },
  Q3_K: (view, at, std) =>
    setFloat16(view, at + 108, std / Math.sqrt((variance(64) + 0.25) * (variance(8) + 0.25))),
  Q4_K: (view, at, std) => writeAffine(view, at, std, 16),
  Q5_K: (view, at, std) => writeAffine(view, at, std, 32),
  Q6_K: (view, at, std) => {
    // Scales ±(40 … 103): sign and size from the random byte that is there.
    for (let s = at + 192; s < at + 208; s++) {
      const byte = view.getUint8(s);
      view.setInt8(s, (byte & 128 ? -1 : 1) * (40 + (byte & 63)));
    }
    setFloat16(view, at + 208, std / Math.sqrt((variance(64) + 0.25) * (variance(64) + 71.5 ** 2)));
  },
};

/** The variance of a whole number drawn evenly from n neighbouring ones. */
const variance = (n: number) => (n * n - 1) / 12;

// Mean squares of what the codes stand for: of a random FP4 code (doubled, as ggml has it), table entry or
// grid entry.
const meanSquareFp4 = 34.25;
const meanSquareIq4 = 4548;
const meanSquareIq3S = 57.671875;
const meanSquareIq3Xxs = 951.640625;

/** d q + m with m such that the mean is 0. */
function writeCentred(view: DataView, at: number, std: number, nLevels: number): void {
  const d = std / Math.sqrt(variance(nLevels));
  setFloat16(view, at, d);
  setFloat16(view, at + 2, (-d * (nLevels - 1)) / 2);
}

/**
 * d scale q − dmin min with scale and min 32 … 63, of 6 bits: setting bit 5 of each is all that random bytes
 * need. dmin is such that the mean is 0.
 */
function writeAffine(view: DataView, at: number, std: number, nLevels: number): void {
  // low six bits; top two of s + 4
  for (let i = 4; i < 12; i++) view.setUint8(at + i, view.getUint8(at + i) | 0b1010_0000);
  const middle = (nLevels - 1) / 2;
  const meanSquareScale = variance(32) + 47.5 ** 2;
  const d = std / Math.sqrt(meanSquareScale * variance(nLevels) + middle ** 2 * 2 * variance(32));
  setFloat16(view, at, d);
  setFloat16(view, at + 2, d * middle);
}

/**
 * Yields rows [nRows, nColumns] of random weights with standard deviation std × rowScale(row), in pieces of
 * about 4 MiB. The fields of quantized blocks are drawn directly: quantizing drawn weights would take minutes
 * for a real model.
 */
export function* randomRows(
  type: MadeType,
  [nRows, nColumns]: readonly [number, number],
  std: number,
  rowScale: (row: number) => number,
  random: Random,
): Generator<Uint8Array> {
  const rowBytes = ggmlSizeBytes(type, nColumns);
  const rowsPerPiece = Math.max(1, Math.floor((4 << 20) / rowBytes));
  for (let firstRow = 0; firstRow < nRows; firstRow += rowsPerPiece) {
    const rows = Math.min(rowsPerPiece, nRows - firstRow);
    const words = new Uint32Array(Math.ceil((rows * rowBytes) / 4));
    const view = new DataView(words.buffer, 0, rows * rowBytes);
    if (isPlain(type)) {
      const write = writePlain[type];
      const { blockBytes } = ggmlTypes[type];
      for (let i = 0; i < rows * nColumns; i++)
        write(view, i * blockBytes, random.normal() * std * rowScale(firstRow + Math.floor(i / nColumns)));
    } else {
      random.fillU32(words);
      const { blockBytes } = ggmlTypes[type];
      const write = writeBlock[type];
      for (let row = 0; row < rows; row++) {
        const scaled = std * rowScale(firstRow + row);
        for (let at = row * rowBytes; at < (row + 1) * rowBytes; at += blockBytes)
          write(view, at, scaled * random.between(0.8, 1.2));
      }
    }
    yield new Uint8Array(words.buffer, 0, rows * rowBytes);
  }
}

type PlainType = "F32" | "F16" | "BF16";
const isPlain = (type: MadeType): type is PlainType => type === "F32" || type === "F16" || type === "BF16";

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

function setFloat16(view: DataView, at: number, value: number): void {
  view.setUint16(at, float16Bits(value), true);
}
