export type FileFormat = "gguf" | "safetensors";

/** Longest header of a safetensors file that is read; that of a dense model of 64 layers takes 0.2 MB. */
export const maxSafetensorsHeaderBytes = 32 << 20;

/** The bytes that {@link formatOf} looks at. */
export const startBytes = 9;

const magic = "GGUF";
const openingBrace = 0x7b;

/**
 * The format of a file by its first bytes: GGUF's magic, or the length of a safetensors header and the brace
 * that opens it.
 *
 * @returns undefined for any other file
 */
export function formatOf(start: Uint8Array): FileFormat | undefined {
  if (String.fromCharCode(...start.subarray(0, magic.length)) === magic) return "gguf";
  if (start.length < startBytes || start[8] !== openingBrace) return undefined;
  const headerBytes = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  return headerBytes >= 2 && headerBytes <= maxSafetensorsHeaderBytes ? "safetensors" : undefined;
}
