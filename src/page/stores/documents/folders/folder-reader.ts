import { callDocuments } from "../../../../documents/client";
import type { DocumentInfo, DocumentSource } from "../../../../documents/protocol";
import { freeTokens } from "../../chat/context-room";
import { useEngine } from "../../models/engine";
import { pathOf } from "../../models/picked-files";
import { asWireError } from "../../wire-error";
import {
  attachedTokens,
  countTokens,
  planNeeded,
  readFile,
  tokensOf,
  useAttachments,
  type Attachment,
} from "../attachments";
import { keepSource } from "../sources";
import {
  tickWhatFits,
  type AttachedFolder,
  type FolderFile,
  type FolderKind,
  type LeftFile,
} from "./attached-folder";
import { filesIn, ignoreFilesOf, type FilesOfFolder } from "./files-in";

/** Files that are read at a time: more would only wait for each other, and could not be stopped. */
const AT_A_TIME = 4;
/** The page is told of progress this often: of each file by itself would be its whole work. */
const PUBLISH_MS = 100;

const readers = new Map<string, FolderReader>();

/**
 * Attaches files that came together: sorts out what can be read, and reads what fits, in the order of paths.
 * Nothing is asked; what was chosen can be changed at any time.
 *
 * @param load  gives the files, which may have to be unpacked
 */
export async function attachFolder(
  name: string,
  kind: FolderKind,
  load: (signal: AbortSignal) => Promise<FilesOfFolder>,
): Promise<void> {
  // Messages took others along.
  const here = new Set(useAttachments.getState().folders.map(({ key }) => key));
  for (const key of readers.keys()) if (!here.has(key)) readers.delete(key);
  const reader = new FolderReader(name, kind);
  readers.set(reader.key, reader);
  await reader.begin(load);
}

export const tickFiles = (folderKey: string, ids: ReadonlySet<number>, isTicked: boolean): void =>
  readers.get(folderKey)?.tick(ids, isTicked);

/** Ends the reading of a folder; what was read stays. */
export const stopFolder = (folderKey: string): void => readers.get(folderKey)?.stop();

export function removeFolder(folderKey: string): void {
  readers.get(folderKey)?.remove();
  readers.delete(folderKey);
}

/** Makes a default choice of what fits, whatever a person ticked. */
export const leaveOutWhatDoesNotFit = (folderKey: string): Promise<void> =>
  readers.get(folderKey)?.fit() ?? Promise.resolve();

/** Chooses anew what fits of each folder, for the room of another model; not where a person chose. */
export async function fitFolders(): Promise<void> {
  for (const { key, phase, isOwnChoice } of useAttachments.getState().folders)
    if (phase === "done" && !isOwnChoice) await readers.get(key)?.fit();
}

/** Attaches by itself a file that was left out: so a person can give its password, or have it recognised. */
export const attachAlone = (folderKey: string, id: number): void => readers.get(folderKey)?.attachAlone(id);

/** The files of a folder, their reading, and the choice among them. The store gets pictures of it. */
class FolderReader {
  readonly key = crypto.randomUUID();
  #folder: AttachedFolder;
  #rows: FolderFile[] = [];
  #left: LeftFile[] = [];
  /** By the id of a row. */
  readonly #files: File[] = [];
  readonly #known = new Map<number, Attachment>();
  #stop = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, kind: FolderKind) {
    this.#folder = {
      key: this.key,
      name,
      kind,
      phase: "sorting",
      files: [],
      left: [],
      freeTokens: null,
      isOwnChoice: false,
    };
    useAttachments.setState(({ folders }) => ({ folders: [...folders, this.#folder] }));
  }

  async begin(load: (signal: AbortSignal) => Promise<FilesOfFolder>): Promise<void> {
    const { signal } = this.#stop;
    try {
      const rows = await this.#rowsOf(await load(signal));
      if (signal.aborted) return;
      this.#rows = rows;
    } catch (cause) {
      if (!signal.aborted) this.#end({ phase: "failed", error: asWireError(cause) });
      return;
    }
    await this.fit();
  }

  /** Ticks what fits and reads it, until all that is ticked is read. */
  async fit(): Promise<void> {
    this.#folder = { ...this.#folder, isOwnChoice: false };
    this.#tickWhatFits();
    await this.#read();
  }

  tick(ids: ReadonlySet<number>, isTicked: boolean): void {
    this.#folder = { ...this.#folder, isOwnChoice: true };
    this.#rows = this.#rows.map((row) => (ids.has(row.id) ? { ...row, isTicked } : row));
    this.#publish();
    void this.#read();
  }

  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#rows = this.#rows.map((row) =>
      row.state === "read" ? row : { ...row, isTicked: false, state: "waiting" },
    );
    this.#end({ phase: "done", isOwnChoice: true });
  }

  remove(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    useAttachments.setState(({ list, folders }) => ({
      folders: folders.filter(({ key }) => key !== this.key),
      list: list.filter(({ folder }) => folder?.key !== this.key),
    }));
    void planNeeded();
  }

  attachAlone(id: number): void {
    const file = this.#files[id]!;
    this.#left = this.#left.filter((left) => left.id !== id);
    this.#publish();
    readFile({ kind: "file", file, name: pathOf(file) });
  }

  /** Reads what is ticked and not read yet; one call at a time does it for all. */
  async #read(): Promise<void> {
    if (this.#folder.phase === "reading" || !this.#isHere()) return;
    const { signal } = this.#stop;
    this.#readForThisModel();
    while (!signal.aborted && this.#rows.some(isDue)) {
      this.#folder = { ...this.#folder, phase: "reading" };
      this.#publishSoon();
      const readOn = async () => {
        for (let row = this.#next(); row && !signal.aborted; row = this.#next())
          await this.#readRow(row, signal);
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, readOn));
      if (!signal.aborted && !this.#folder.isOwnChoice) this.#tickWhatFits();
    }
    if (!signal.aborted) this.#end({ phase: "done" });
  }

  /** The next one to read; none once the tokens that were counted leave no room for it. */
  #next(): FolderFile | undefined {
    const row = this.#rows.find(isDue);
    if (!row) return undefined;
    const counted = this.#rows.reduce(
      (sum, { isTicked, state, tokens }) => sum + (isTicked && state === "read" ? tokens : 0),
      0,
    );
    const isBeyond = !this.#folder.isOwnChoice && counted > 0 && counted + row.tokens > this.#room();
    if (isBeyond) return undefined;
    this.#change(row.id, { state: "reading" });
    return row;
  }

  async #readRow({ id }: FolderFile, signal: AbortSignal): Promise<void> {
    const file = this.#files[id]!;
    const source = { kind: "file", file, name: pathOf(file) } as const;
    try {
      const info = await callDocuments("read", [source, {}], { signal });
      keepSource(info.id, { source, choices: {} });
      const tokens = await countTokens(info, signal);
      if (signal.aborted) return;
      const attachment = attachmentOf({ folderKey: this.key, id, source, info, tokens });
      this.#known.set(id, attachment);
      this.#change(id, {
        state: "read",
        tokens: tokensOf(attachment) ?? Math.ceil(info.nCharacters / 3.5) + linesAroundTokens(source.name),
      });
      if (info.nFiles) await this.#addFilesIn(id, source, signal);
    } catch (cause) {
      if (signal.aborted) return;
      const error = asWireError(cause);
      if (error.code === "document-archive") await this.#addFilesIn(id, source, signal);
      else
        this.#leaveOut(
          id,
          isForAWord(error.code) ? "needs a word" : "unreadable",
          `${error.message} ${error.hint}`,
        );
    }
    this.#publishSoon();
  }

  /** Files in one of the files come after it, or in its place where it is an archive. */
  async #addFilesIn(id: number, source: DocumentSource, signal: AbortSignal): Promise<void> {
    try {
      const rows = await this.#rowsOf(await filesIn(source, signal));
      const { isOwnChoice } = this.#folder;
      const at = this.#rows.findIndex((row) => row.id === id);
      const isArchive = !this.#known.has(id);
      this.#rows.splice(
        at + (isArchive ? 0 : 1),
        isArchive ? 1 : 0,
        ...rows.map((row) => ({ ...row, isTicked: isOwnChoice })),
      );
    } catch (cause) {
      const { message, hint } = asWireError(cause);
      if (!this.#known.has(id)) this.#leaveOut(id, "unreadable", `${message} ${hint}`);
      else this.#left.push({ path: `${source.name}/…`, why: "unreadable", sentence: `${message} ${hint}` });
    }
  }

  /** Files as rows of this folder, of which none is ticked; what is not offered is noted. */
  async #rowsOf({ files, tooDeep }: FilesOfFolder): Promise<FolderFile[]> {
    const listed = files.map((file) => ({ path: pathOf(file), sizeBytes: file.size }));
    const { offered, left } = await callDocuments("chooseFiles", [listed, await ignoreFilesOf(files)]);
    this.#left.push(...left, ...tooDeep.map((path) => ({ path, why: "too deep" as const })));
    return offered.map(({ index, path, sizeBytes, tokens }) => ({
      id: this.#files.push(files[index]!) - 1,
      path,
      sizeBytes,
      tokens: tokens + linesAroundTokens(path),
      isTicked: false,
      state: "waiting" as const,
    }));
  }

  /** Reads once more what was counted for another model, and is ticked anew. */
  #readForThisModel(): void {
    const { status } = useEngine.getState();
    if (status.phase !== "ready") return;
    const inList = new Set(useAttachments.getState().list.map(({ key }) => key));
    for (const { id, isTicked, state } of this.#rows) {
      const known = this.#known.get(id);
      if (!isTicked || state !== "read" || !known || inList.has(known.key)) continue;
      if (known.tokens.phase !== "known" || known.tokens.modelId !== status.model.id)
        this.#change(id, { state: "waiting" });
    }
  }

  #leaveOut(id: number, why: LeftFile["why"], sentence: string): void {
    const { path } = this.#rows.find((row) => row.id === id)!;
    this.#rows = this.#rows.filter((row) => row.id !== id);
    this.#left.push({ path, why, sentence, ...(why === "needs a word" && { id }) });
  }

  #change(id: number, more: Partial<FolderFile>): void {
    const at = this.#rows.findIndex((row) => row.id === id);
    if (at >= 0) this.#rows[at] = { ...this.#rows[at]!, ...more };
  }

  #tickWhatFits(): void {
    this.#countAsListed();
    const room = this.#room();
    this.#rows = [...tickWhatFits(this.#rows, room === Infinity ? null : room)];
    this.#folder = { ...this.#folder, freeTokens: room === Infinity ? null : room };
  }

  /** Takes over what the list knows of its files: tokens for another model, or a part that was chosen. */
  #countAsListed(): void {
    for (const one of useAttachments.getState().list) {
      if (one.folder?.key !== this.key) continue;
      this.#known.set(one.folder.id, one);
      const tokens = tokensOf(one);
      if (tokens !== null) this.#change(one.folder.id, { tokens });
    }
  }

  /** Tokens that the chat and all else that is attached leave. */
  #room(): number {
    const others = useAttachments.getState().list.filter(({ folder }) => folder?.key !== this.key);
    return freeTokens() - attachedTokens(others);
  }

  #isHere(): boolean {
    return useAttachments.getState().folders.some(({ key }) => key === this.key);
  }

  #end(change: Partial<AttachedFolder>): void {
    this.#folder = { ...this.#folder, ...change };
    this.#publish();
    void planNeeded();
  }

  #publishSoon(): void {
    this.#timer ??= setTimeout(() => this.#publish(), PUBLISH_MS);
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // The message took it along, or the person removed it.
    if (!this.#isHere()) return;
    this.#countAsListed();
    this.#folder = { ...this.#folder, files: [...this.#rows], left: [...this.#left] };
    useAttachments.setState(({ list, folders }) => ({
      folders: folders.map((one) => (one.key === this.key ? this.#folder : one)),
      list: this.#withMine(list),
    }));
  }

  /** The list with what is ticked and read of this folder, in the order of its rows. */
  #withMine(list: readonly Attachment[]): readonly Attachment[] {
    const mine = this.#rows.flatMap(({ id, isTicked }) => (isTicked ? (this.#known.get(id) ?? []) : []));
    const others = list.filter(({ folder }) => folder?.key !== this.key);
    const at = list.findIndex(({ folder }) => folder?.key === this.key);
    const before = at < 0 ? others.length : at;
    return [...others.slice(0, before), ...mine, ...others.slice(before)];
  }
}

/** Tokens of the lines around a document, about: they name it. */
const linesAroundTokens = (name: string): number => 16 + Math.ceil(name.length / 2);

const isDue = ({ isTicked, state }: FolderFile): boolean => isTicked && state === "waiting";

const isForAWord = (code: string): boolean =>
  code === "document-password" || code === "document-scanned" || code === "document-picture";

function attachmentOf(read: {
  readonly folderKey: string;
  readonly id: number;
  readonly source: Extract<DocumentSource, { kind: "file" }>;
  readonly info: DocumentInfo;
  readonly tokens: Attachment["tokens"];
}): Attachment {
  const { folderKey, id, source, info, tokens } = read;
  return {
    key: `${folderKey} ${id}`,
    name: source.name,
    sizeBytes: source.file.size,
    isPasted: false,
    folder: { key: folderKey, id },
    reading: { phase: "read", info },
    tokens,
    range: null,
  };
}
