/** Weights of a block: all types that quantized safetensors become have blocks of 32. */
export const packedBlockWeights = 32;

/** Codes [0, to.length) of a little-endian stream of `bits` each, 8 at most, that begins at byte `start`. */
export function unpackCodes(from: Uint8Array, start: number, bits: number, to: Uint8Array): void {
  const mask = (1 << bits) - 1;
  for (let i = 0; i < to.length; i++) {
    const bit = i * bits;
    const at = start + (bit >> 3);
    to[i] = ((from[at]! | (from[at + 1]! << 8)) >> (bit & 7)) & mask;
  }
}

/**
 * The lower 4 bits of 32 codes as ggml has them: the first 16 in the low nibbles of 16 bytes, the others in
 * the high ones.
 */
export function putNibbles(to: Uint8Array, at: number, codes: Uint8Array): void {
  for (let i = 0; i < 16; i++) to[at + i] = (codes[i]! & 15) | ((codes[i + 16]! & 15) << 4);
}

/** The same of codes that lie in 16 bytes, two neighbours in each. */
export function putNeighbours(to: Uint8Array, at: number, from: Uint8Array, start: number): void {
  for (let j = 0; j < 8; j++) {
    const [first, last] = [from[start + j]!, from[start + 8 + j]!];
    to[at + 2 * j] = (first & 15) | ((last & 15) << 4);
    to[at + 2 * j + 1] = (first >> 4) | (last & 0xf0);
  }
}

/** The fifth bits of 32 codes in 4 bytes, that of code i in bit i. */
export function putFifthBits(to: Uint8Array, at: number, codes: Uint8Array): void {
  for (let byte = 0; byte < 4; byte++) {
    let bits = 0;
    for (let i = 0; i < 8; i++) bits |= ((codes[8 * byte + i]! >> 4) & 1) << i;
    to[at + byte] = bits;
  }
}

/** Two bytes, the lower first. */
export function putHalf(to: Uint8Array, at: number, half: number): void {
  to[at] = half;
  to[at + 1] = half >> 8;
}

/** 32 bytes: for so few a loop is faster than `set` with a subarray. */
export function copyBlock(to: Uint8Array, at: number, from: Uint8Array, start: number): void {
  for (let i = 0; i < packedBlockWeights; i++) to[at + i] = from[start + i]!;
}
