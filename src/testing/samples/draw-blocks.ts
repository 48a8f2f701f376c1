import { float16Bits } from "../../engine/weights/bytes/half-floats";
import { blockOfType, type WeightType } from "../../engine/weights/types/type-facts";
import { Random } from "../../ground/random";
import { dequantize } from "../../reference/weights/dequantize";

/** Makes the random bytes of the block at `at` a valid one, its weights with standard deviation `std`. */
export type DrawBlock = (view: DataView, at: number, std: number) => void;

// Types with more than scales to set. Each constant is the standard deviation of a block's weights with d =
// 1, from the distribution of its fields.
const drawings: Readonly<Partial<Record<WeightType, DrawBlock>>> = {
  Q8_0: (view, at, std) => setFloat16(view, at, std / Math.sqrt(variance(256))),
  Q4_1: (view, at, std) => writeCentred(view, at, std, 16),
  Q5_1: (view, at, std) => writeCentred(view, at, std, 32),
  MXFP4: (view, at, std) => {
    // Scales are powers of two: the byte that is there chooses between two, such that the mean square is that
    // of std.
    const square = (std * std) / meanSquareFp4;
    const lower = Math.floor(Math.log2(square) / 2);
    const share = (square / 4 ** lower - 1) / 3; // of the upper one
    view.setUint8(at, 128 + lower + (view.getUint8(at) < 256 * share ? 1 : 0));
  },
  NVFP4: (view, at, std) => {
    // The scale of 16 weights is the one that is nearest: there is no finer one below 2⁻⁶.
    const scale = (2 * std) / Math.sqrt(meanSquareFp4);
    const exponent = Math.max(Math.floor(Math.log2(scale)), -6);
    const code = 8 * (exponent + 6) + Math.max(1, Math.round(scale * 2 ** (3 - exponent)));
    for (let i = 0; i < 4; i++) view.setUint8(at + i, Math.min(code, 0x7e));
  },
  Q2_K: (view, at, std) => {
    // Scales and mins 8 … 15: the top bit of both nibbles. dmin is such that the mean is 0.
    for (let i = at; i < at + 16; i++) view.setUint8(i, view.getUint8(i) | 0x88);
    const d = std / Math.sqrt((variance(8) + 11.5 ** 2) * variance(4) + 1.5 ** 2 * 2 * variance(8));
    setFloat16(view, at + 80, d);
    setFloat16(view, at + 82, 1.5 * d);
  },
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
  // The deviation of random blocks with d = 1: scales 1, 3 … 15 and levels whose mean square is 0.594 + 1/64.
  IQ1_M: (view, at, std) => writeNibblesOfD(view, at, float16Bits(std / Math.sqrt(85 * (0.5942 + 1 / 64)))),
  TQ2_0: (view, at, std) => writeTernary(view, at, std, 64, [0, 64]),
  PQ2_0: (view, at, std) => writeTernary(view, at, std, 0, [2, 34]),
  Q2_0: (view, at, std) => writeTernary(view, at, std, 0, [2, 18]),
};

/**
 * Pairs of 3 become 1: files that were trained so have next to none, and weights of -1, 0, 0 and 1 have mean
 * 0.
 */
function writeTernary(
  view: DataView,
  at: number,
  std: number,
  atD: number,
  [first, end]: readonly [number, number],
): void {
  for (let i = at + first; i < at + end; i++) {
    const byte = view.getUint8(i);
    view.setUint8(i, byte & ~((byte & (byte >> 1) & 0x55) << 1));
  }
  setFloat16(view, at + atD, std * Math.SQRT2);
}

/** Writes d of IQ1_M, a nibble at the top of each of four words, the lowest first. */
function writeNibblesOfD(view: DataView, at: number, bits: number): void {
  for (let k = 0; k < 4; k++) {
    const byte = at + 49 + 2 * k;
    view.setUint8(byte, (view.getUint8(byte) & 15) | (((bits >> (4 * k)) & 15) << 4));
  }
}

/** The variance of a whole number drawn evenly from n neighbouring ones. */
const variance = (n: number) => (n * n - 1) / 12;

/** The mean square of a random FP4 code, doubled, as ggml has it. */
const meanSquareFp4 = 34.25;

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

/** Returns how random blocks of a type are drawn: unless said otherwise above, by their f16 scales alone. */
export function drawingOf(type: WeightType): DrawBlock {
  const { scales } = blockOfType(type);
  const found = drawings[type];
  if (found) return found;
  const unit = deviations.get(type) ?? deviationOf(type);
  deviations.set(type, unit);
  return (view, at, std) => scales.forEach((offset) => setFloat16(view, at + offset, std / unit));
}

/** Deviations by type: measuring one takes milliseconds, and a model has hundreds of matrices. */
const deviations = new Map<WeightType, number>();

const nMeasured = 1024; // blocks: within 1 % for every type

/** The root mean square of weights of random blocks whose scales are 1. */
function deviationOf(type: WeightType): number {
  const { bytes, scales } = blockOfType(type);
  const words = new Uint32Array((nMeasured * bytes) / 4);
  new Random(1).fillU32(words);
  const view = new DataView(words.buffer);
  for (let at = 0; at < view.byteLength; at += bytes)
    for (const offset of scales) setFloat16(view, at + offset, 1);
  const weights = dequantize(type, new Uint8Array(words.buffer));
  return Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0) / weights.length);
}

export function setFloat16(view: DataView, at: number, value: number): void {
  view.setUint16(at, float16Bits(value), true);
}

/**
 * The rest of what makes random bits a sample block, after its scales; `isExtreme`: whatever stays finite.
 */
export const finishSample: Readonly<
  Partial<Record<WeightType, (view: DataView, at: number, isExtreme: boolean) => void>>
> = {
  IQ1_M: (view, at, isExtreme) => {
    const bits = view.getUint16(at, true);
    const usual = (bits & 0x83ff) | 0x2400; // near 2⁻⁶
    writeNibblesOfD(view, at, isExtreme ? bits & 0xfbff : usual);
  },
  AWQ_Q4: (view, at) => setFloat16(view, at + 2, view.getUint8(at + 2) & 15), // z
  // Scales are any byte, the one that stands for 0 and the top bit among them; or near 2⁻⁶.
  NVFP4: (view, at, isExtreme) => {
    if (!isExtreme) for (let i = at; i < at + 4; i++) view.setUint8(i, 8 + (view.getUint8(i) & 7));
  },
  // Exponents whose scales and products are normal f32 numbers, or near 2⁻⁶.
  MXFP4: (view, at, isExtreme) => {
    const byte = view.getUint8(at);
    view.setUint8(at, isExtreme ? 2 + (byte % 250) : 120 + (byte & 3));
  },
};
