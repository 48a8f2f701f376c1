import { nibble, type ReadBlock } from "./read-block";

/** Codes that are floating-point numbers of 4 bits. */
export const float4Blocks = { MXFP4: readMXFP4 } satisfies Record<string, ReadBlock>;

/**
 * e u8, 16 bytes of nibbles: FP4 (e2m1) numbers times 2^(e − 127). OCP Microscaling Formats 1.0, 5.3.3 and 6.
 */
function readMXFP4(block: DataView, y: Float64Array): void {
  const scale = 2 ** (block.getUint8(0) - 127);
  for (let i = 0; i < 32; i++) {
    const code = nibble(block, 1, i);
    const exponent = (code >> 1) & 3;
    const size = exponent === 0 ? (code & 1) / 2 : (1 + (code & 1) / 2) * 2 ** (exponent - 1);
    y[i] = (code & 8 ? -size : size) * scale;
  }
}
