import type { PieceMemory } from "../../ground/read-blob";
import { CancelledError, FileChangedError, StorageError } from "../../ground/errors";
import { counted, formatCount } from "../../ground/figures";
import type { OrderedHash } from "./ordered-hash";
import { PartBuffers } from "./part-buffers";
import type { PartStore, StoredFile } from "./part-store";
import { writeError } from "../quota";
import { sha256Hex } from "./sha256";
import { StoredBytes } from "./stored-bytes";
import { t } from "../../language/language";

/** The source of a file's bytes. */
export interface PieceSource {
  /** The stretches that may be asked for at once; 1: the file comes in one stretch, in order. */
  readonly connections: number;
  /** Bytes [start, end); each piece is used before the next is asked for. */
  pieces(
    start: number,
    end: number,
    signal: AbortSignal,
    memory: PieceMemory,
  ): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

export interface ArrivingOptions {
  /** The parts that are to come, in order. */
  readonly missing: readonly number[];
  /** Keeps the first part in memory until `describedAll`: reading it back while more is written is slow. */
  readonly holdsHeader: boolean;
  readonly hash?: OrderedHash | undefined;
  /** Hashes that parts should have; others are refused. */
  readonly partHashes?: ReadonlyMap<number, string>;
  readonly onProgress?: ((receivedBytes: number) => void) | undefined;
}

/**
 * A file on its way into the store, part by part, several at a time. What has been stored can be read, and a
 * read of what has not waits for it, so a header can be looked at while the rest is under way.
 */
export class ArrivingFile {
  readonly sizeBytes: number;
  readonly files: StoredFile["files"];
  readonly #store: PartStore;
  readonly #file: StoredFile;
  readonly #stored: StoredBytes;
  readonly #options: ArrivingOptions;
  readonly #missing: Set<number>;
  #receivedBytes: number;
  /** The first part while it is held: its memory, and how much of it is there. */
  #header: { bytes: Uint8Array<ArrayBuffer>; filledBytes: number } | undefined;
  #isDescribed = false;
  #failure: { readonly reason: unknown } | undefined;
  /** Reads that wait for more. */
  #waiting: (() => void)[] = [];
  /** The part written last. */
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(store: PartStore, file: StoredFile, options: ArrivingOptions) {
    this.#store = store;
    this.#file = file;
    this.#stored = new StoredBytes(store, file);
    this.#options = options;
    this.#missing = new Set(options.missing);
    this.sizeBytes = file.sizeBytes;
    this.files = file.files;
    this.#receivedBytes = options.missing.reduce(
      (rest, index) => rest - partLength(file, index),
      file.sizeBytes,
    );
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  async read(offset: number, length: number, buffer?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
    const end = offset + length;
    for (;;) {
      if (this.#failure) throw this.#failure.reason;
      if (this.#header && end <= this.#header.filledBytes) return this.#header.bytes.slice(offset, end);
      if (this.#isStored(offset, end)) return this.#stored.read(offset, length, buffer);
      await this.#change();
    }
  }

  /** The header will not be read any more: its memory is given back. */
  describedAll(): void {
    this.#header = undefined;
    this.#isDescribed = true;
    this.#wake();
  }

  /** No more will come: reads that wait reject with `reason`. */
  fail(reason: unknown): void {
    this.#failure = { reason };
    this.#wake();
  }

  /**
   * Stores all missing parts. What is stored when it rejects stays.
   *
   * @throws StorageError, WrongHashError, FileChangedError for a part with another hash than it should have,
   *   CancelledError when `signal` aborts, and what the source throws
   */
  async fill(source: PieceSource, signal: AbortSignal): Promise<void> {
    const { missing, hash } = this.#options;
    const failed = new AbortController();
    const ended = AbortSignal.any([signal, failed.signal]);
    const nConnections = Math.min(source.connections, missing.length);
    // One more than are filled at a time: a part waits in it for its turn to be hashed, or as the header.
    const buffers = new PartBuffers(Math.min(this.#file.partBytes, this.sizeBytes), nConnections + 1);
    const queue = [...missing];
    const tasks =
      source.connections === 1
        ? [this.#fillInOrder(source, buffers, ended)]
        : Array.from({ length: nConnections }, () => this.#fillFrom(queue, source, buffers, ended));
    if (hash) tasks.push(hash.run(ended));
    let first: { readonly error: unknown } | undefined;
    const settled = tasks.map((task) =>
      task.catch((error: unknown) => {
        first ??= { error };
        failed.abort(error);
      }),
    );
    await Promise.all(settled);
    if (signal.aborted) throw new CancelledError();
    if (first) throw first.error;
  }

  /**
   * Takes parts from the queue, one connection each. A buffer is taken before a part is, so that the first
   * part missing is always on its way.
   */
  async #fillFrom(
    queue: number[],
    source: PieceSource,
    buffers: PartBuffers,
    signal: AbortSignal,
  ): Promise<void> {
    const memory: PieceMemory = {};
    for (;;) {
      const buffer = await buffers.take(signal);
      const index = queue.shift();
      if (index === undefined) return buffers.give(buffer);
      const start = index * this.#file.partBytes;
      const part = buffer.subarray(0, partLength(this.#file, index));
      let filledBytes = 0;
      for await (const piece of source.pieces(start, start + part.length, signal, memory)) {
        part.set(piece, filledBytes);
        filledBytes += piece.length;
        this.#came(index, buffer, filledBytes, piece.length);
      }
      if (filledBytes < part.length) throw this.#tooShort(start + filledBytes);
      await this.#storePart(index, part, buffer, buffers);
    }
  }

  /** From the first missing part to the last; those between that are stored are passed over. */
  async #fillInOrder(source: PieceSource, buffers: PartBuffers, signal: AbortSignal): Promise<void> {
    const { missing } = this.#options;
    const { partBytes } = this.#file;
    const last = missing.at(-1);
    if (last === undefined) return;
    let index = missing[0]!;
    let filledBytes = 0;
    let buffer = await buffers.take(signal);
    const end = last * partBytes + partLength(this.#file, last);
    for await (const bytes of source.pieces(index * partBytes, end, signal, {})) {
      for (let rest = bytes; rest.length > 0;) {
        const length = partLength(this.#file, index);
        const piece = rest.subarray(0, length - filledBytes);
        rest = rest.subarray(piece.length);
        const isMissing = this.#missing.has(index);
        if (isMissing) buffer.set(piece, filledBytes);
        filledBytes += piece.length;
        if (isMissing) this.#came(index, buffer, filledBytes, piece.length);
        if (filledBytes < length) continue;
        if (isMissing) {
          await this.#storePart(index, buffer.subarray(0, length), buffer, buffers);
          if (index < last) buffer = await buffers.take(signal);
        }
        index++;
        filledBytes = 0;
      }
    }
    if (index <= last) throw this.#tooShort(index * partBytes + filledBytes);
  }

  #came(index: number, bytes: Uint8Array<ArrayBuffer>, filledBytes: number, newBytes: number): void {
    this.#receivedBytes += newBytes;
    if (index === 0 && this.#options.holdsHeader && !this.#failure) {
      if (!this.#isDescribed) this.#header = { bytes, filledBytes };
      this.#wake();
    }
    this.#options.onProgress?.(this.#receivedBytes);
  }

  /** Stores a part, and gives its memory back once nobody needs it any more. */
  async #storePart(
    index: number,
    part: Uint8Array<ArrayBuffer>,
    buffer: Uint8Array<ArrayBuffer>,
    buffers: PartBuffers,
  ): Promise<void> {
    // One at a time: hashing and storing each copy the part, and three at once put the page's process over
    // its memory bound.
    const write = this.#lastWrite.then(() => this.#write(index, part));
    this.#lastWrite = write.catch(() => undefined);
    await write;
    this.#missing.delete(index);
    this.#wake();
    const isHeader = index === 0 && this.#options.holdsHeader;
    void Promise.all([this.#options.hash?.add(index, part), isHeader && this.#whenDescribed()]).then(() =>
      buffers.give(buffer),
    );
  }

  async #write(index: number, part: Uint8Array<ArrayBuffer>): Promise<void> {
    const { id, fileName, sizeBytes } = this.#file;
    const sha256 = await sha256Hex(part);
    const expected = this.#options.partHashes?.get(index);
    if (expected !== undefined && expected !== sha256) {
      throw new FileChangedError(
        t("Part {index} of “{fileName}” is not the one that was stored.", { index: index + 1, fileName }),
        {
          hint: t("The file was replaced where it came from. Delete the model and add it again."),
        },
      );
    }
    try {
      await this.#store.putPart(id, index, new Blob([part]), sha256);
    } catch (cause) {
      throw await writeError(fileName, sizeBytes, cause);
    }
  }

  async #whenDescribed(): Promise<void> {
    while (!this.#isDescribed && !this.#failure) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #isStored(offset: number, end: number): boolean {
    const { partBytes } = this.#file;
    for (let at = offset; at < Math.min(end, this.sizeBytes); at += partBytes) {
      if (this.#missing.has(Math.floor(at / partBytes))) return false;
    }
    const last = Math.min(end, this.sizeBytes) - 1;
    return last < offset || !this.#missing.has(Math.floor(last / partBytes));
  }

  #tooShort(foundBytes: number): StorageError {
    const { fileName, sizeBytes } = this.#file;
    return new StorageError(
      "storage",
      t("“{fileName}” gave {foundBytes} of its {bytes}.", {
        fileName,
        foundBytes: formatCount(foundBytes),
        bytes: counted(sizeBytes, "byte"),
      }),
      {
        hint: t("It changed while it was read, or is not all there. Try again."),
      },
    );
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** The length of part `index`: all but the last are equal. */
export function partLength({ partBytes, sizeBytes }: StoredFile, index: number): number {
  return Math.min(partBytes, sizeBytes - index * partBytes);
}
