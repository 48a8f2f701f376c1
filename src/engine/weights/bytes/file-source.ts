import { StorageError, whatItSays } from "../../../ground/errors";
import { readBlob } from "../../../ground/read-blob";
import { counted, formatCount } from "../../../ground/figures";
import type { ByteSource } from "./byte-source";
import { t, type Sentence } from "../../../language/language";

const pieceBytes = 4 << 20;

export interface FileSource extends ByteSource {
  readonly fileName: string;
  /**
   * Bytes [start, end), usually all; each piece is to be used before the next is asked for: they share their
   * memory.
   */
  pieces(start?: number, end?: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/**
 * A file that the person picked or dropped. Reading it rejects with StorageError when it has changed since.
 */
export function openFile(file: File): FileSource {
  async function read(
    offset: number,
    length: number,
    buffer?: ArrayBuffer,
  ): Promise<Uint8Array<ArrayBuffer>> {
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = await readBlob(file.slice(offset, offset + length), buffer);
    } catch (cause) {
      throw unreadable(file, whatItSays(cause), cause);
    }
    if (bytes.length === length) return bytes;
    throw unreadable(
      file,
      t("of {bytes} from {offset}, {nBytes} are there", {
        bytes: counted(length, "byte"),
        offset: formatCount(offset),
        nBytes: formatCount(bytes.length),
      }),
    );
  }
  return {
    fileName: file.name,
    sizeBytes: file.size,
    read,
    async *pieces(start = 0, end = file.size) {
      let buffer = new ArrayBuffer(Math.min(pieceBytes, end - start));
      for (let at = start; at < end; at += pieceBytes) {
        const piece = await read(at, Math.min(pieceBytes, end - at), buffer);
        buffer = piece.buffer;
        yield piece;
      }
    },
  };
}

function unreadable(file: File, reason: Sentence, cause?: unknown): StorageError {
  return new StorageError("storage", t("“{name}” can not be read: {reason}.", { name: file.name, reason }), {
    hint: t("It may have been changed, moved or deleted. Choose it again."),
    cause,
  });
}
