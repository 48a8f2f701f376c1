import { StorageError } from "../errors";
import type { PartStore, StoredFile } from "./part-store";
import { writeError } from "./quota";
import { StoredBytes } from "./stored-bytes";

/**
 * A file on its way into the store, part by part; at most one part's bytes are held. What has been stored can be read,
 * and a read of what has not waits for it, so a header can be looked at while the rest is under way.
 */
export class ArrivingFile {
  readonly sizeBytes: number;
  readonly files: StoredFile["files"];
  readonly #store: PartStore;
  readonly #file: StoredFile;
  readonly #stored: StoredBytes;
  /** The part that is being filled; the same memory for all of them. */
  readonly #part: Uint8Array<ArrayBuffer>;
  #heldBytes = 0;
  #storedBytes = 0;
  #failure: { readonly reason: unknown } | undefined;
  /** Reads that wait for more to be stored. */
  #waiting: (() => void)[] = [];

  constructor(store: PartStore, file: StoredFile) {
    this.#store = store;
    this.#file = file;
    this.#stored = new StoredBytes(store, file);
    this.#part = new Uint8Array(Math.min(file.partBytes, file.sizeBytes));
    this.sizeBytes = file.sizeBytes;
    this.files = file.files;
  }

  get receivedBytes(): number {
    return this.#storedBytes + this.#heldBytes;
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    while (offset + length > this.#storedBytes && this.#storedBytes < this.sizeBytes) {
      if (this.#failure) throw this.#failure.reason;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.#stored.read(offset, length);
  }

  /** Copies the next bytes; every part that they fill is stored when this resolves. */
  async add(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { partBytes, sizeBytes, fileName } = this.#file;
    if (this.receivedBytes + bytes.length > sizeBytes) {
      throw lengthError(fileName, `more than the ${sizeBytes} bytes it should have`);
    }
    for (let rest = bytes; rest.length > 0;) {
      const piece = rest.subarray(0, partBytes - this.#heldBytes);
      this.#part.set(piece, this.#heldBytes);
      this.#heldBytes += piece.length;
      rest = rest.subarray(piece.length);
      if (this.#heldBytes === partBytes || this.receivedBytes === sizeBytes) await this.#storePart();
    }
  }

  /** @throws StorageError when bytes are missing */
  checkComplete(): void {
    if (this.receivedBytes === this.sizeBytes) return;
    throw lengthError(this.#file.fileName, `${this.receivedBytes} of its ${this.sizeBytes} bytes`);
  }

  /** No more will come: reads that wait reject with `reason`. */
  fail(reason: unknown): void {
    this.#failure = { reason };
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #storePart(): Promise<void> {
    const { id, partBytes, fileName, sizeBytes } = this.#file;
    const index = Math.floor(this.#storedBytes / partBytes);
    try {
      await this.#store.putPart(id, index, new Blob([this.#part.subarray(0, this.#heldBytes)]));
    } catch (cause) {
      throw await writeError(fileName, sizeBytes, cause);
    }
    this.#storedBytes += this.#heldBytes;
    this.#heldBytes = 0;
    this.#wake();
  }
}

function lengthError(fileName: string, found: string): StorageError {
  return new StorageError("storage", `“${fileName}” gave ${found}.`, {
    hint: "It changed while it was read, or is not all there. Try again.",
  });
}
