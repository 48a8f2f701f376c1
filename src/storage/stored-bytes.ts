import { StorageError } from "../errors";
import type { PartStore, StoredFile } from "./part-store";

// Two that a read may straddle.
const heldParts = 2;

/**
 * Reads a stored file by byte ranges; a `ByteSource` of the weights. Holds two parts and, while parts are read in
 * order, the next one, fetched ahead.
 */
export class StoredBytes {
  readonly sizeBytes: number;
  readonly #store: PartStore;
  readonly #file: StoredFile;
  /** The one used last at the end. */
  readonly #parts = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
  #lastIndex = -1;

  readonly #readsAhead: boolean;

  constructor(store: PartStore, file: StoredFile, { readsAhead = true } = {}) {
    this.#store = store;
    this.#file = file;
    this.#readsAhead = readsAhead;
    this.sizeBytes = file.sizeBytes;
  }

  /**
   * Bytes [offset, offset + length). Inside one part they are a view of it: to be read, not changed, and copied if kept.
   *
   * @throws StorageError "storage" when they can not be read, or are not in the file
   */
  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = offset + length;
    if (!(offset >= 0 && length >= 0 && end <= this.sizeBytes)) {
      throw unreadable(this.#file, `bytes ${offset} to ${end} were asked for; it has ${this.sizeBytes}`);
    }
    if (length === 0) return new Uint8Array(0);
    const { partBytes } = this.#file;
    const [first, last] = [Math.floor(offset / partBytes), Math.floor((end - 1) / partBytes)];
    const start = offset - first * partBytes;
    if (first === last) return (await this.#part(first)).subarray(start, start + length);
    const joined = new Uint8Array(length);
    for (let index = first, filled = 0; index <= last; index++) {
      const part = await this.#part(index);
      const piece = index === first ? part.subarray(start) : part.subarray(0, length - filled);
      joined.set(piece, filled);
      filled += piece.length;
    }
    return joined;
  }

  #part(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const isNext = this.#readsAhead && index > 0 && index === this.#lastIndex + 1;
    this.#lastIndex = index;
    const part = this.#held(index);
    if (isNext && (index + 1) * this.#file.partBytes < this.sizeBytes) void this.#held(index + 1);
    return part;
  }

  #held(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const part = this.#parts.get(index) ?? this.#load(index);
    this.#parts.delete(index);
    this.#parts.set(index, part);
    for (const oldest of this.#parts.keys()) {
      if (this.#parts.size <= heldParts + (this.#readsAhead ? 1 : 0)) break;
      this.#parts.delete(oldest);
    }
    return part;
  }

  #load(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const part = this.#read(index);
    // Not kept when it failed, so that the next read tries again; whoever waits for it hears of it.
    part.catch(() => this.#parts.delete(index));
    return part;
  }

  async #read(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const { id, sizeBytes, partBytes } = this.#file;
    const expected = Math.min(partBytes, sizeBytes - index * partBytes);
    let bytes: ArrayBuffer;
    try {
      bytes = await (await this.#store.part(id, index)).arrayBuffer();
    } catch (cause) {
      throw unreadable(this.#file, cause instanceof Error ? cause.message : String(cause), cause);
    }
    if (bytes.byteLength !== expected) {
      throw unreadable(this.#file, `part ${index} has ${bytes.byteLength} bytes, not ${expected}`);
    }
    return new Uint8Array(bytes);
  }
}

export function unreadable(
  { fileName }: { fileName: string },
  reason: string,
  cause?: unknown,
): StorageError {
  return new StorageError("storage", `The stored file “${fileName}” can not be read: ${reason}.`, {
    hint: "Reload the page. If that does not help, delete this model in the model panel and add it again.",
    cause,
  });
}
