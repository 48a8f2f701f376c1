import { sizeBytesOf, type PlainType } from "../types/type-facts";

const word = new DataView(new ArrayBuffer(4));

/** bfloat16 from its bits: the upper half of an f32. */
export function brainToNumber(bits: number): number {
  word.setUint32(0, bits * 0x10000);
  return word.getFloat32(0);
}

/** IEEE 754 binary16 from its bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Numbers of a plain type, little-endian, as f32: exactly what they are. */
export function plainToF32(type: PlainType, bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.byteLength / sizeBytesOf(type, 1));
  if (type === "F32") for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(4 * i, true);
  else {
    const toNumber = type === "F16" ? halfToNumber : brainToNumber;
    for (let i = 0; i < values.length; i++) values[i] = toNumber(view.getUint16(2 * i, true));
  }
  return values;
}

/** The f16 of every bfloat16: a quantized model has a hundred million scales. */
let halfOfBrain: Uint16Array | undefined;

/** Numbers of a plain type, little-endian, as the bits of the nearest f16. */
export function plainToHalves(type: PlainType, bytes: Uint8Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  if (type === "F32") return Uint16Array.from(plainToF32(type, bytes), float16Bits);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const halves = new Uint16Array(bytes.byteLength / 2);
  for (let i = 0; i < halves.length; i++) halves[i] = view.getUint16(2 * i, true);
  if (type === "F16") return halves;
  halfOfBrain ??= Uint16Array.from({ length: 1 << 16 }, (_, bits) => float16Bits(brainToNumber(bits)));
  for (let i = 0; i < halves.length; i++) halves[i] = halfOfBrain[halves[i]!]!;
  return halves;
}

const oneFloat = new Float32Array(1);
const oneWord = new Uint32Array(oneFloat.buffer);

/** The nearest binary16, ties to even; past its range ±Infinity. */
export function float16Bits(value: number): number {
  oneFloat[0] = value;
  const bits = oneWord[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 255;
  const fraction = bits & 0x7fffff;
  if (exponent === 255 && fraction !== 0) return sign | 0x7e00;
  if (exponent > 142) return sign | 0x7c00;
  if (exponent < 102) return sign;
  // Below 2^-14 (exponent 113) the leading 1 is written out, and more bits fall off the end.
  const isNormal = exponent > 112;
  const shift = isNormal ? 13 : 126 - exponent;
  const whole = isNormal ? ((exponent - 112) << 23) | fraction : 0x800000 | fraction;
  const half = whole >>> shift;
  const rest = whole & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  const roundsUp = rest > middle || (rest === middle && (half & 1) === 1);
  return sign | (half + (roundsUp ? 1 : 0));
}
