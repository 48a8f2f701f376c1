import { nibble, type ReadBlock } from "./read-block";

/** Codes that are floating-point numbers of 4 bits. */
export const float4Blocks = { MXFP4: readMXFP4, NVFP4: readNVFP4 } satisfies Record<string, ReadBlock>;

/**
 * e u8, 16 bytes of nibbles: FP4 (e2m1) numbers times 2^(e − 127). OCP Microscaling Formats 1.0, 5.3.3 and 6.
 */
function readMXFP4(block: DataView, y: Float64Array): void {
  const scale = 2 ** (block.getUint8(0) - 127);
  for (let i = 0; i < 32; i++) {
    const code = nibble(block, 1, i);
    y[i] = e2m1(code) * scale;
  }
}

/**
 * Four scales of UE4M3, then for each 16 weights 8 bytes of nibbles, the low ones first: E2M1 numbers times
 * their scale. The top bit of a scale is not looked at, and 0x7F is 0: ggml.h, commit d99724f2.
 */
function readNVFP4(block: DataView, y: Float64Array): void {
  for (let i = 0; i < 64; i++) {
    const group = i >> 4;
    const byte = block.getUint8(4 + 8 * group + (i & 7));
    y[i] = e2m1(i & 8 ? byte >> 4 : byte & 15) * ue4m3(block.getUint8(group));
  }
}

/** 0, ½, 1, 1½, 2, 3, 4, 6 and their negatives. */
function e2m1(code: number): number {
  const exponent = (code >> 1) & 3;
  const size = exponent === 0 ? (code & 1) / 2 : (1 + (code & 1) / 2) * 2 ** (exponent - 1);
  return code & 8 ? -size : size;
}

function ue4m3(byte: number): number {
  if (byte === 0x7f) return 0;
  const [exponent, fraction] = [(byte >> 3) & 15, byte & 7];
  return exponent === 0 ? fraction * 2 ** -9 : (1 + fraction / 8) * 2 ** (exponent - 7);
}
