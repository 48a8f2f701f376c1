import { open } from "node:fs/promises";
import { basename } from "node:path";
import { ModelFormatError } from "../../ground/errors";
import type { ByteSource } from "../../engine/weights/bytes/byte-source";
import { verbatim } from "../../language/language";

/** A model file on disk. */
export async function openNodeFile(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  return {
    sizeBytes: size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      if (bytesRead < length) {
        throw new ModelFormatError(
          verbatim(`${basename(path)} ends at byte ${size}; ${length} bytes at ${offset} were expected.`),
          { hint: verbatim("The file is cut short: download it again.") },
        );
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
