import { StorageError, whatItSays } from "../../ground/errors";
import { readBlob } from "../../ground/read-blob";
import { counted, formatCount } from "../../ground/figures";
import type { PartStore, StoredFile } from "./part-store";
import { t, type Sentence } from "../../language/language";

// Two that a read may straddle, and the one that is read ahead.
const cachedParts = 3;

/**
 * Reads a stored file by byte ranges; a `ByteSource` of the weights. It holds no bytes, only where they are.
 */
export class StoredBytes {
  readonly sizeBytes: number;
  readonly files: StoredFile["files"];
  readonly #store: PartStore;
  readonly #file: StoredFile;
  /** The one used last at the end. */
  readonly #parts = new Map<number, Promise<Blob>>();

  constructor(store: PartStore, file: StoredFile) {
    this.#store = store;
    this.#file = file;
    this.sizeBytes = file.sizeBytes;
    this.files = file.files;
  }

  /**
   * Bytes [offset, offset + length), in `buffer` where the browser can.
   *
   * @throws StorageError "storage" when they can not be read, or are not in the file
   */
  async read(offset: number, length: number, buffer?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
    const end = offset + length;
    if (!(offset >= 0 && length >= 0 && end <= this.sizeBytes)) {
      throw unreadable(
        this.#file,
        t("bytes {offset} to {end} were asked for; it has {sizeBytes}", {
          offset,
          end,
          sizeBytes: this.sizeBytes,
        }),
      );
    }
    const { partBytes } = this.#file;
    const pieces: Promise<Blob>[] = [];
    for (let at = offset; at < end;) {
      const index = Math.floor(at / partBytes);
      const start = at - index * partBytes;
      const stop = Math.min(partBytes, start + end - at);
      pieces.push(this.#part(index).then((part) => part.slice(start, stop)));
      at += stop - start;
    }
    const blobs = await Promise.all(pieces);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = await readBlob(blobs.length === 1 ? blobs[0]! : new Blob(blobs), buffer);
    } catch (cause) {
      throw unreadable(this.#file, whatItSays(cause), cause);
    }
    if (bytes.length === length) return bytes;
    throw unreadable(
      this.#file,
      t("of {bytes} from {offset}, {length} came", {
        bytes: counted(length, "byte"),
        offset: formatCount(offset),
        length: formatCount(bytes.length),
      }),
    );
  }

  #part(index: number): Promise<Blob> {
    const part = this.#parts.get(index) ?? this.#find(index);
    this.#parts.delete(index);
    this.#parts.set(index, part);
    for (const oldest of this.#parts.keys()) {
      if (this.#parts.size <= cachedParts) break;
      this.#parts.delete(oldest);
    }
    // Not kept when it failed, so that the next read tries again; whoever waits for it hears of it.
    part.catch(() => this.#parts.delete(index));
    return part;
  }

  async #find(index: number): Promise<Blob> {
    const { id, sizeBytes, partBytes } = this.#file;
    const expected = Math.min(partBytes, sizeBytes - index * partBytes);
    let part: Blob;
    try {
      part = await this.#store.part(id, index);
    } catch (cause) {
      throw unreadable(this.#file, whatItSays(cause), cause);
    }
    if (part.size !== expected) {
      throw unreadable(
        this.#file,
        t("part {index} has {bytes}, not {expected}", {
          index,
          bytes: counted(part.size, "byte"),
          expected: formatCount(expected),
        }),
      );
    }
    return part;
  }
}

export function unreadable(
  { fileName }: { fileName: string },
  reason: Sentence,
  cause?: unknown,
): StorageError {
  return new StorageError(
    "storage",
    t("The stored file “{fileName}” can not be read: {reason}.", { fileName, reason }),
    {
      hint: t(
        "Reload the page. If that does not help, delete this model in the model panel and add it again.",
      ),
      cause,
    },
  );
}
