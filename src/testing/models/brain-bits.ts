const oneFloat = new Float32Array(1);
const oneWord = new Uint32Array(oneFloat.buffer);

/** The 16 bits of the nearest bfloat16, ties to even. */
export function brainBits(value: number): number {
  oneFloat[0] = value;
  const bits = oneWord[0]!;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}
