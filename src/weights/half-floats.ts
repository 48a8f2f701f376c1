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

/** The plain types: every number for itself. */
export type PlainType = "F32" | "F16" | "BF16";

export const plainBytes: Readonly<Record<PlainType, number>> = { F32: 4, F16: 2, BF16: 2 };

/** Numbers of a plain type, little-endian, as f32: exactly what they are. */
export function plainToF32(type: PlainType, bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / plainBytes[type] }, (_, i) => {
    if (type === "F32") return view.getFloat32(4 * i, true);
    const bits = view.getUint16(2 * i, true);
    return type === "F16" ? halfToNumber(bits) : brainToNumber(bits);
  });
}
