import { AppError, CancelledError, FileChangedError, StorageError } from "../../ground/errors";
import { counted, formatCount } from "../../ground/figures";
import { ArrivingFile, partLength, type PieceSource } from "./arriving-file";
import { heldLocks, ifUnlocked, withLock } from "../locks";
import { hashInOrder } from "./hash-in-order";
import { openPartStore, type Companions, type PartStore, type StoredFile } from "./part-store";
import { checkRoom, writeError } from "../quota";
import { WrongHashError, type Section } from "./section-hash";
import { StoredBytes, unreadable } from "./stored-bytes";
import { verifyParts, type VerifyOptions, type Verified } from "./verify";
import { t } from "../../language/language";

// The size whose read-back rates docs/benchmarks.md lists.
const usualPartBytes = 16 << 20;
// Small files are cut finer, so that their downloads too resume in the middle.
const smallPartBytes = 1 << 20;
const smallFileBytes = 64 << 20;

/** A file that is about to come. */
export interface IncomingFile
  extends Pick<StoredFile, "fileName" | "sizeBytes" | "origin" | "files">, PieceSource {
  /** The server's name for the file's state; null where it gives none. */
  readonly version: string | null;
  /** The files it consists of, with the hashes they should have; without them, nothing is compared. */
  readonly sections?: readonly Section[];
  /** Called in the end, also when `pieces` was never read. */
  close(): Promise<void>;
}

/** The facts that looking at a file gives. */
export interface Described {
  readonly name: string;
  /** To be kept with the file. */
  readonly companions?: Companions;
}

export interface StoreOptions {
  /** Looks at the file while it arrives. Its rejection refuses the file, however much has come. */
  readonly describe: (source: ArrivingFile) => Promise<Described>;
  readonly onProgress?: (receivedBytes: number) => void;
  /** Called when another tab is storing the file, and this one waits for it. */
  readonly onWait?: () => void;
  readonly signal?: AbortSignal;
}

/** A file whose storing was interrupted. */
export interface UnfinishedFile extends StoredFile {
  readonly receivedBytes: number;
  /** A tab is storing it now. */
  readonly isActive: boolean;
  /** True when its facts are lost: it can be deleted, or stored anew under its id, and nothing else. */
  readonly isDamaged: boolean;
}

/** The model files kept on this device. */
export class ModelFiles {
  readonly #store: PartStore;
  readonly #partBytes: number | undefined;

  /** @param partBytes  of every part of a new file; usually it goes by the file's size */
  constructor(store = openPartStore(), partBytes?: number) {
    this.#store = store;
    this.#partBytes = partBytes;
  }

  /** The complete ones. */
  async list(): Promise<readonly StoredFile[]> {
    return (await this.#files()).filter((file) => file.isComplete);
  }

  /**
   * Those whose storing was interrupted, and those whose records are damaged: what is there and of no use as
   * it is.
   */
  async listUnfinished(): Promise<readonly UnfinishedFile[]> {
    const files = (await this.#files()).filter((file) => !file.isComplete);
    const damagedIds = await reaching(() => this.#store.damagedIds());
    const held = await heldLocks();
    const unfinished = files.map(async (file) => {
      const indexes = await reaching(() => this.#store.partIndexes(file.id));
      const receivedBytes = indexes.reduce((sum, index) => sum + partLength(file, index), 0);
      return { ...file, receivedBytes, isActive: held.has(lockOf(file.id)), isDamaged: false };
    });
    const damaged = damagedIds.map(async (id) => damagedFile(id, await this.#bytesOfParts(id)));
    return Promise.all([...unfinished, ...damaged]);
  }

  /** Sums the parts themselves. A part that is damaged too counts as empty. */
  async #bytesOfParts(id: string): Promise<number> {
    const indexes = await reaching(() => this.#store.partIndexes(id));
    const parts = await Promise.allSettled(indexes.map((index) => this.#store.part(id, index)));
    return parts.reduce((sum, part) => sum + (part.status === "fulfilled" ? (part.value?.size ?? 0) : 0), 0);
  }

  /** The complete file of that id; undefined when there is none. */
  async find(id: string): Promise<StoredFile | undefined> {
    return (await this.list()).find((file) => file.id === id);
  }

  /** @throws StorageError "storage" when there is no complete file of that id */
  async open(id: string): Promise<StoredBytes> {
    return new StoredBytes(this.#store, await this.#existing(id));
  }

  /** The file as the Blobs it lies in, none of which is read by this. @throws StorageError "storage" */
  async blobs(id: string): Promise<{ readonly file: StoredFile; readonly parts: readonly Blob[] }> {
    const file = await this.#existing(id);
    const parts: Blob[] = [];
    for (const index of allParts(file)) parts.push(await reaching(() => this.#store.part(id, index)));
    return { file, parts };
  }

  /** Lists the names of {@link originals}: quick for any size. @throws StorageError "storage" */
  async originalNames(id: string): Promise<readonly string[]> {
    const companions = await reaching(() => this.#store.companions(id));
    return [...weightsOf(await this.#existing(id)).map(({ name }) => name), ...Object.keys(companions)];
  }

  /**
   * Gives back the files that a model came as, without reading them: the weights, each shard of a split model
   * for itself, then the texts that were beside them. @throws StorageError "storage"
   */
  async originals(id: string): Promise<readonly File[]> {
    const { file, parts } = await this.blobs(id);
    const whole = new Blob([...parts]);
    const weights = weightsOf(file).map(({ name, start, end }) => new File([whole.slice(start, end)], name));
    const companions = await reaching(() => this.#store.companions(id));
    return [...weights, ...Object.entries(companions).map(([name, text]) => new File([text], name))];
  }

  /** A text that was stored with the file; undefined when there is none of that name. */
  async companion(id: string, name: string): Promise<string | undefined> {
    return reaching(() => this.#store.companion(id, name));
  }

  /** Notes that the file is being used. */
  async touch(id: string): Promise<void> {
    await reaching(() => this.#store.changeFile(id, { lastUsedAt: Date.now() }));
  }

  /**
   * Deletes the file and what was stored with it, finished or not; of an unknown id, nothing.
   *
   * @throws StorageError "storage" when a tab is storing it, or repairing it, now
   */
  async remove(id: string): Promise<void> {
    const isFree = await ifUnlocked(lockOf(id), () => reaching(() => this.#store.remove(id)));
    if (isFree) return;
    throw new StorageError("storage", t("This model is being stored now, perhaps in another tab."), {
      hint: t("Cancel that first."),
    });
  }

  /**
   * Compares the stored bytes with the hashes they had when they were written. @throws StorageError,
   * CancelledError
   */
  async verify(id: string, options: VerifyOptions = {}): Promise<Verified> {
    return verifyParts(this.#store, await this.#existing(id), options);
  }

  /**
   * Gets parts of a stored file once more, and no others.
   *
   * @throws FileChangedError  when the server has another file now; DownloadError, StorageError,
   *   CancelledError
   */
  async repair(
    id: string,
    parts: readonly number[],
    open: () => Promise<IncomingFile>,
    { onProgress, signal = new AbortController().signal }: Omit<StoreOptions, "describe" | "onWait"> = {},
  ): Promise<void> {
    const work = async () => {
      const file = await this.#existing(id);
      const missing = parts.toSorted((a, b) => a - b);
      const partHashes = new Map<number, string>();
      for (const index of missing) {
        const hash = await reaching(() => this.#store.partHash(id, index));
        if (hash !== undefined) partHashes.set(index, hash);
      }
      const incoming = await open();
      try {
        checkSame(file, incoming);
        const arriving = new ArrivingFile(this.#store, file, {
          missing,
          holdsHeader: false,
          partHashes,
          onProgress,
        });
        await arriving.fill(incoming, signal);
      } finally {
        await incoming.close();
      }
    };
    await withLock(lockOf(id), work, signal);
  }

  /**
   * Stores a file from its bytes, unless there is a complete one of its id; then that one is the answer and
   * `open` is not called. One tab at a time stores a file, others wait for it. What was stored of it before
   * is not asked for again, and what has come stays when it is interrupted; nothing else is touched. A file
   * that `describe` refuses leaves nothing.
   *
   * @throws StorageError      "storage-full" before the first byte when the browser says it does not fit, or
   *   when it did not
   * @throws FileChangedError  when what is stored of it is of another file than the one that comes
   * @throws WrongHashError    when it is not what was published; of what is wrong nothing is kept
   */
  async store(id: string, open: () => Promise<IncomingFile>, options: StoreOptions): Promise<StoredFile> {
    const findOrWrite = async () => {
      const found = (await this.#files()).find((file) => file.id === id);
      if (found?.isComplete) return found;
      const incoming = await open();
      try {
        return await this.#receive(await this.#begin(id, found, incoming), incoming, options);
      } finally {
        await incoming.close();
      }
    };
    return withLock(lockOf(id), findOrWrite, options.signal, options.onWait);
  }

  /** The record of a file that is taken up again, or of a new one. */
  async #begin(id: string, found: StoredFile | undefined, incoming: IncomingFile): Promise<StoredFile> {
    const { fileName, sizeBytes, origin, files, version } = incoming;
    if (found) {
      checkSame(found, incoming);
      const indexes = await reaching(() => this.#store.partIndexes(id));
      const storedBytes = indexes.reduce((sum, index) => sum + partLength(found, index), 0);
      await checkRoom(fileName, sizeBytes - storedBytes);
      return found;
    }
    // Parts whose record is damaged or lost: nobody knows what they are of.
    await reaching(() => this.#store.remove(id));
    await checkRoom(fileName, sizeBytes);
    const started: StoredFile = {
      id,
      name: fileName,
      fileName,
      sizeBytes,
      origin,
      ...(files && { files }),
      version,
      partBytes: this.#partBytes ?? (sizeBytes < smallFileBytes ? smallPartBytes : usualPartBytes),
      addedAt: Date.now(),
      lastUsedAt: null,
      isComplete: false,
    };
    await this.#writing(started, () => this.#store.putFile(started));
    return started;
  }

  async #receive(
    file: StoredFile,
    incoming: IncomingFile,
    { describe, onProgress, signal }: StoreOptions,
  ): Promise<StoredFile> {
    const { id } = file;
    const refused = new AbortController();
    const ended = signal ? AbortSignal.any([signal, refused.signal]) : refused.signal;
    const stored = new Set(await reaching(() => this.#store.partIndexes(id)));
    const missing = allParts(file).filter((index) => !stored.has(index));
    const hash = await hashInOrder(this.#store, file, incoming.sections ?? [], missing);
    const arriving = new ArrivingFile(this.#store, file, {
      missing,
      holdsHeader: !file.isDescribed,
      hash,
      onProgress,
    });
    let refusal: { readonly error: unknown } | undefined;
    const look = async () => {
      const { name, companions = {} } = await describe(arriving);
      arriving.describedAll();
      await this.#writing(file, () => this.#store.putCompanions(id, companions));
      await this.#writing(file, () => this.#store.changeFile(id, { name, isDescribed: true }));
    };
    const looked = file.isDescribed ? Promise.resolve() : look();
    looked.catch((error: unknown) => {
      refusal = { error };
      refused.abort();
    });
    try {
      await arriving.fill(incoming, ended);
      await looked;
      await this.#writing(file, () => this.#store.changeFile(id, { isComplete: true, hashed: undefined }));
      return await this.#existing(id);
    } catch (thrown) {
      const error = refusal && !signal?.aborted ? refusal.error : thrown;
      arriving.fail(error);
      await looked.catch(() => undefined); // so that it writes nothing after what is cleared away here
      await this.#clearAway(file, error).catch(() => undefined); // what went wrong first is what is told
      throw signal?.aborted ? new CancelledError() : error;
    }
  }

  /**
   * Deletes what a failure left and nobody can use: what is not wanted or wrong, and a record without a part.
   */
  async #clearAway(file: StoredFile, error: unknown): Promise<void> {
    const { id, partBytes } = file;
    const isRefused =
      error instanceof AppError && (error.code === "model-format" || error.code === "unsupported-model");
    if (isRefused) return this.#store.remove(id);
    if (error instanceof WrongHashError) {
      await this.#store.removeParts(
        id,
        Math.floor(error.start / partBytes),
        Math.ceil(error.end / partBytes),
      );
      await this.#store.changeFile(id, { hashed: undefined });
    }
    if ((await this.#store.partIndexes(id)).length === 0) await this.#store.remove(id);
  }

  async #existing(id: string): Promise<StoredFile> {
    const file = await this.find(id);
    if (!file) throw unreadable({ fileName: id }, t("it is not stored, or was deleted in another tab"));
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

/** Stands for a file whose parts take room while nothing else is known of it. */
export const damagedFile = (id: string, storedBytes: number): UnfinishedFile => ({
  id,
  name: t("Damaged model"),
  fileName: id,
  sizeBytes: storedBytes,
  partBytes: 1,
  origin: { kind: "file", fileName: id },
  addedAt: 0,
  lastUsedAt: null,
  isComplete: false,
  receivedBytes: storedBytes,
  isActive: false,
  isDamaged: true,
});

const allParts = ({ sizeBytes, partBytes }: StoredFile) =>
  Array.from({ length: Math.ceil(sizeBytes / partBytes) }, (_, index) => index);

/** @throws FileChangedError when the stored parts are of another file than the one that comes */
function checkSame(file: StoredFile, incoming: IncomingFile): void {
  const isSameVersion =
    file.version == null || incoming.version === null || file.version === incoming.version;
  if (file.sizeBytes === incoming.sizeBytes && isSameVersion) return;
  const difference =
    file.sizeBytes === incoming.sizeBytes
      ? t("It was replaced since.")
      : t("It has {bytes} now, and had {sizeBytes}.", {
          bytes: counted(incoming.sizeBytes, "byte"),
          sizeBytes: formatCount(file.sizeBytes),
        });
  throw new FileChangedError(
    t("“{fileName}” is another file now than the one that is stored here. {difference}", {
      fileName: file.fileName,
      difference,
    }),
    {
      hint: t(
        "Start over to get the new one. What is stored of the old one is then deleted; the two are never mixed.",
      ),
    },
  );
}

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError(
      "storage",
      t("This browser's storage for models can not be reached: {reason}", { reason }),
      {
        hint: t("Reload the page. In a private window, or with site data blocked, models can not be kept."),
        cause,
      },
    );
  }
}

/** The files that a stored one is of, by their names without folders, and where they lie in it. */
function weightsOf({ fileName, sizeBytes, files = [{ name: fileName, sizeBytes }] }: StoredFile) {
  let end = 0;
  return files.map((file) => {
    const start = end;
    end += file.sizeBytes;
    return { name: file.name.slice(file.name.lastIndexOf("/") + 1), start, end };
  });
}
