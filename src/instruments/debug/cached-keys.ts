import type { KvType } from "../../ground/kv-type";
import { kvRowBytes } from "../../engine/kernels/attention/kv-type";
import { halfToNumber } from "../../engine/weights/bytes/half-floats";

const halves = Float32Array.from({ length: 65536 }, (_, bits) => halfToNumber(bits));

/**
 * Keys as attention reads them, f32 [row, headDim], from the bytes of a cache: a row is a token's key of one
 * kv head. How they lie is said in shaders/lib/kv/f16.wgsl and q8.wgsl.
 */
export function cachedKeys(bytes: ArrayBuffer, kvType: KvType, headDim: number): Float32Array {
  if (kvType === "f16") return Float32Array.from(new Uint16Array(bytes), (bits) => halves[bits]!);
  const rowBytes = kvRowBytes(kvType, headDim);
  const nRows = bytes.byteLength / rowBytes;
  const keys = new Float32Array(nRows * headDim);
  for (let row = 0; row < nRows; row++) {
    const codes = new Int8Array(bytes, row * rowBytes, headDim);
    const scales = new Uint16Array(bytes, row * rowBytes + headDim, headDim / 32);
    for (let i = 0; i < headDim; i++)
      keys[row * headDim + i] = halves[scales[i >> 5]!]! * Math.max(-1, codes[i]! / 127);
  }
  return keys;
}
