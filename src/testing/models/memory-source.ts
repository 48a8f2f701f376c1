import type { ByteSource } from "../../engine/weights/bytes/byte-source";

/** Bytes in memory as a file. */
export function memorySource(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: (offset, length) =>
      offset + length <= bytes.length
        ? Promise.resolve(bytes.slice(offset, offset + length))
        : Promise.reject(new RangeError(`${length} bytes at ${offset} of ${bytes.length}`)),
  };
}
