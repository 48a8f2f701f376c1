import { StorageError } from "../errors";
import { ArrivingFile } from "./arriving-file";
import { ifUnlocked, withLock } from "./locks";
import { openPartStore, type Companions, type PartStore, type StoredFile } from "./part-store";
import { checkRoom, writeError } from "./quota";
import { StoredBytes, unreadable } from "./stored-bytes";

// The size that DESIGN decision 11 has read-back figures for.
const usualPartBytes = 16 << 20;

/** A file that is about to come. */
export interface IncomingFile extends Pick<StoredFile, "fileName" | "sizeBytes" | "origin" | "files"> {
  readonly pieces: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Called in the end, also when `pieces` was never read. */
  close(): Promise<void>;
}

/** What is known of a file once it was looked at. */
export interface Described {
  readonly name: string;
  /** To be kept with the file. */
  readonly companions?: Companions;
}

export interface StoreOptions {
  /** Looks at the file while it arrives. Its rejection refuses the file, however much has come. */
  readonly describe: (source: ArrivingFile) => Promise<Described>;
  readonly onProgress?: (receivedBytes: number) => void;
  readonly signal?: AbortSignal;
}

/** The model files kept on this device. */
export class ModelFiles {
  readonly #store: PartStore;
  readonly #partBytes: number;

  constructor(store = openPartStore(), partBytes = usualPartBytes) {
    this.#store = store;
    this.#partBytes = partBytes;
  }

  /** The complete ones. */
  async list(): Promise<readonly StoredFile[]> {
    return (await this.#files()).filter((file) => file.isComplete);
  }

  /** The complete file of that id; undefined when there is none. */
  async find(id: string): Promise<StoredFile | undefined> {
    return (await this.list()).find((file) => file.id === id);
  }

  /** @throws StorageError "storage" when there is no complete file of that id */
  async open(id: string): Promise<StoredBytes> {
    return new StoredBytes(this.#store, await this.#existing(id));
  }

  /** A text that was stored with the file; undefined when there is none of that name. */
  async companion(id: string, name: string): Promise<string | undefined> {
    return reaching(() => this.#store.companion(id, name));
  }

  /** Notes that the file is being used. */
  async touch(id: string): Promise<void> {
    await reaching(() => this.#store.changeFile(id, { lastUsedAt: Date.now() }));
  }

  /** Deletes the file and what was stored with it; of an unknown id, nothing. */
  async remove(id: string): Promise<void> {
    await reaching(() => this.#store.remove(id));
  }

  /**
   * Stores a file from its bytes, unless there is a complete one of its id; then that one is the answer and `open` is not
   * called. One tab at a time stores a file, others wait for it. Whatever goes wrong, the new parts are removed again and
   * nothing else is touched.
   *
   * @throws StorageError  "storage-full" before the first byte when the browser says it does not fit, or when it did not
   */
  async store(id: string, open: () => Promise<IncomingFile>, options: StoreOptions): Promise<StoredFile> {
    const findOrWrite = async () => {
      const found = await this.find(id);
      if (found) return found;
      await this.remove(id); // parts of an attempt that a closed tab left; a later issue takes them up instead
      await this.#removeLeftovers();
      const incoming = await open();
      try {
        return await this.#write(id, incoming, options);
      } finally {
        await incoming.close();
      }
    };
    return withLock(lockOf(id), findOrWrite, options.signal);
  }

  async #write(
    id: string,
    { fileName, sizeBytes, origin, files, pieces }: IncomingFile,
    { describe, onProgress, signal }: StoreOptions,
  ): Promise<StoredFile> {
    await checkRoom(fileName, sizeBytes);
    const started: StoredFile = {
      id,
      name: fileName,
      fileName,
      sizeBytes,
      origin,
      ...(files && { files }),
      partBytes: this.#partBytes,
      addedAt: Date.now(),
      lastUsedAt: null,
      isComplete: false,
    };
    const arriving = new ArrivingFile(this.#store, started);
    let refusal: { readonly error: unknown } | undefined;
    try {
      await this.#writing(started, () => this.#store.putFile(started));
      const described = describe(arriving);
      described.catch((error: unknown) => (refusal = { error }));
      for await (const bytes of pieces) {
        signal?.throwIfAborted();
        if (refusal) throw refusal.error;
        await arriving.add(bytes);
        onProgress?.(arriving.receivedBytes);
      }
      arriving.checkComplete();
      const { name, companions = {} } = await described;
      const complete = { ...started, name, isComplete: true };
      await this.#writing(started, () => this.#store.putCompanions(id, companions));
      await this.#writing(started, () => this.#store.putFile(complete));
      return complete;
    } catch (error) {
      arriving.fail(error);
      await this.#store.remove(id).catch(() => undefined); // what went wrong first is what is told
      throw error;
    }
  }

  /** Removes what closed tabs left half written, but nothing that another tab is writing now. */
  async #removeLeftovers(): Promise<void> {
    for (const { id, isComplete } of await this.#files()) {
      if (!isComplete) await ifUnlocked(lockOf(id), () => this.remove(id));
    }
  }

  async #existing(id: string): Promise<StoredFile> {
    const file = await this.find(id);
    if (!file) throw unreadable({ fileName: id }, "it is not stored, or was deleted in another tab");
    return file;
  }

  #files(): Promise<readonly StoredFile[]> {
    return reaching(() => this.#store.files());
  }

  async #writing({ fileName, sizeBytes }: StoredFile, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (cause) {
      throw await writeError(fileName, sizeBytes, cause);
    }
  }
}

const lockOf = (id: string) => `model file ${id}`;

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError("storage", `This browser's storage for models can not be reached: ${reason}`, {
      hint: "Reload the page. In a private window, or with site data blocked, models can not be kept.",
      cause,
    });
  }
}
