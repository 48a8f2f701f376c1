import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import { callDocuments } from "../../../documents/client";
import type {
  DocumentInfo,
  DocumentSource,
  ReadChoices,
  ReadProgress,
  RecognitionLanguage,
} from "../../../documents/protocol";
import type { MessageDocument } from "../../../storage/chats/conversations";
import { engine } from "../../../worker/rpc/client";
import type { MemoryPlan } from "../../../worker/rpc/protocol/load";
import type { ModelId } from "../../../worker/rpc/protocol/model";
import { insertIntoDraft } from "../chat/draft";
import { optionsOf, useEngine } from "../models/engine";
import { follow } from "../follow";
import { notify } from "../notices";
import { asWireError } from "../wire-error";
import type { AttachedFolder, FolderKind } from "./folders/attached-folder";
import { keepSource, sourceOf } from "./sources";
import { t } from "../../../language/language";

export type { AttachedFolder, DocumentInfo, MemoryPlan, MessageDocument };

export type TokenCount =
  | { readonly phase: "none" }
  | { readonly phase: "counting"; readonly share: number }
  | { readonly phase: "known"; readonly modelId: ModelId; readonly perPart: readonly number[] }
  | { readonly phase: "failed"; readonly error: WireError };

/** A document that goes with the next message. */
export interface Attachment {
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly isPasted: boolean;
  readonly reading:
    | { readonly phase: "reading"; readonly progress: ReadProgress | null }
    | { readonly phase: "read"; readonly info: DocumentInfo }
    | { readonly phase: "failed"; readonly error: WireError };
  readonly tokens: TokenCount;
  /** The part that is to be read; `null` for all of it. */
  readonly range: MessageDocument["range"];
  /** The folder that it came in, and its place there. */
  readonly folder?: { readonly key: string; readonly id: number };
}

interface Attachments {
  readonly list: readonly Attachment[];
  /** Files that came together; those that are ticked and read are in the list too. */
  readonly folders: readonly AttachedFolder[];
  /**
   * Memory at the context that everything attached would need; `null` while it is not known, or fits as it
   * is.
   */
  readonly plan: MemoryPlan | null;
}

export const useAttachments = create<Attachments>(() => ({ list: [], folders: [], plan: null }));

// Controllers that stop the reading or counting of an attachment; beside the store, which holds plain data
// only.
const stops = new Map<string, AbortController>();
const pastedTexts = new Map<string, string>();
/** Files that a person's word reads further: their password, or leave to recognise what is a picture. */
const openFiles = new Map<string, { readonly source: DocumentSource; readonly choices: ReadChoices }>();

const change = (key: string, edit: (attachment: Attachment) => Attachment) =>
  useAttachments.setState(({ list }) => ({ list: list.map((one) => (one.key === key ? edit(one) : one)) }));

/** Documents of another message; their files are not needed for it. */
export async function attachAgain(documents: readonly MessageDocument[]): Promise<void> {
  for (const { id, name, sizeBytes, unit, nUnits, range } of documents) {
    const key = add(name, sizeBytes, { isPasted: false, range });
    try {
      const stored = await callDocuments("describe", [id]);
      const info = { ...stored, name, sizeBytes, unit, nUnits };
      change(key, (one) => ({ ...one, reading: { phase: "read", info } }));
    } catch (cause) {
      change(key, (one) => ({ ...one, reading: { phase: "failed", error: asWireError(cause) } }));
    }
    await count(key);
  }
}

/** A long text that was pasted; the person may have it in the message box instead. */
export function attachPasted(text: string): void {
  const nPasted = useAttachments.getState().list.filter(({ isPasted }) => isPasted).length;
  const name = nPasted === 0 ? t("Pasted text") : t("Pasted text {nPasted}", { nPasted: nPasted + 1 });
  const source = { kind: "pasted", text, name } as const;
  const key = add(name, new Blob([text]).size, { isPasted: true, range: null });
  void read(key, source);
  pastedTexts.set(key, text);
  notify(
    t("The pasted text ({characters}) is attached as a document.", {
      characters: counted(text.length, "character"),
    }),
    {
      action: {
        label: t("Paste as text"),
        run: () => {
          const pasted = pastedTexts.get(key);
          removeAttachment(key);
          if (pasted !== undefined) insertIntoDraft(pasted);
        },
      },
    },
  );
}

export function removeAttachment(key: string): void {
  stops.get(key)?.abort();
  stops.delete(key);
  pastedTexts.delete(key);
  openFiles.delete(key);
  useAttachments.setState(({ list }) => ({ list: list.filter((one) => one.key !== key) }));
  void planNeeded();
}

/** The message took them along. */
export function clearAttachments(): void {
  for (const { key } of useAttachments.getState().list) {
    pastedTexts.delete(key);
    openFiles.delete(key);
  }
  useAttachments.setState({ list: [], folders: [], plan: null });
}

export function chooseRange(key: string, range: MessageDocument["range"]): void {
  change(key, (one) => ({ ...one, range }));
  void planNeeded();
}

/** Tokens of what is chosen of it; `null` while that is not known. */
export function tokensOf({ reading, tokens, range }: Attachment): number | null {
  if (reading.phase !== "read" || tokens.phase !== "known") return null;
  const { starts } = reading.info;
  return tokens.perPart.reduce((sum, count, at) => {
    const isIn = !range || (starts[at]! >= range.start && starts[at]! < range.end);
    return sum + (isIn ? count : 0);
  }, 0);
}

/** Room that an answer, the question and the template's own tokens are given. */
export const roomForAnswer = 320;

/** Tokens of all that is attached, as far as they are known. */
export const attachedTokens = (list: readonly Attachment[]): number =>
  list.reduce((sum, attachment) => sum + (tokensOf(attachment) ?? 0), 0);

/**
 * The documents that the next message takes along. `undefined` when one is not ready for it, which the person
 * is told.
 */
export function documentsToSend(freeTokens: number): readonly MessageDocument[] | undefined {
  const { list, folders } = useAttachments.getState();
  const documents: MessageDocument[] = [];
  for (const { name, phase } of folders) {
    if (phase === "sorting" || phase === "reading") return told(t("“{name}” is still being read.", { name }));
    if (phase === "failed")
      return told(t("“{name}” could not be read. Remove it, then send the message.", { name }));
  }
  for (const attachment of list) {
    const { name, sizeBytes, reading, range } = attachment;
    if (reading.phase === "reading") return told(t("“{name}” is still being read.", { name }));
    if (reading.phase === "failed")
      return told(t("“{name}” could not be read. Remove it, then send the message.", { name }));
    const { id, unit, nUnits } = reading.info;
    documents.push({ id, name, sizeBytes, unit, nUnits, range, nTokens: tokensOf(attachment) });
  }
  const needed = attachedTokens(list);
  if (list.length > 0 && needed > freeTokens)
    return told(
      t("What is attached takes {tokens}; {max} are free. Choose what to do above the message.", {
        tokens: counted(needed, "token"),
        max: formatCount(Math.max(0, freeTokens)),
      }),
    );
  return documents;
}

function told(text: string): undefined {
  notify(text, { tone: "warning" });
}

/** The files in an archive or a mail; what happens to them is for those who attach files. */
type OnFiles = (source: DocumentSource, kind: FolderKind) => void;

/** Attaches one file. */
export function readFile(source: Extract<DocumentSource, { kind: "file" }>, onFiles?: OnFiles): void {
  const key = add(source.name, source.file.size, { isPasted: false, range: null });
  void read(key, source, { onFiles });
}

function add(name: string, sizeBytes: number, known: Pick<Attachment, "isPasted" | "range">): string {
  const key = crypto.randomUUID();
  const attachment: Attachment = {
    key,
    name,
    sizeBytes,
    ...known,
    reading: { phase: "reading", progress: null },
    tokens: { phase: "none" },
  };
  useAttachments.setState(({ list }) => ({ list: [...list, attachment] }));
  return key;
}

/** Reads a file that asked for its password once more. */
export const openWithPassword = (key: string, password: string): void => readAgain(key, { password });

/** Reads a file once more, with the text of its scanned pages or of its picture recognised. */
export const recognizeText = (key: string, recognize: RecognitionLanguage): void =>
  readAgain(key, { recognize });

/** Stops reading a file once more: it stays as it was. */
export function stopReadingAgain(key: string): void {
  stops.get(key)?.abort();
}

function readAgain(key: string, more: ReadChoices): void {
  const open = openFiles.get(key);
  const before = useAttachments.getState().list.find((one) => one.key === key);
  if (!open || !before) return;
  change(key, (one) => ({ ...one, reading: { phase: "reading", progress: null } }));
  void read(key, open.source, { choices: { ...open.choices, ...more }, before });
}

interface ReadHow {
  readonly choices?: ReadChoices;
  /** The attachment as it is when this is stopped. */
  readonly before?: Attachment;
  readonly onFiles?: OnFiles | undefined;
}

async function read(
  key: string,
  source: DocumentSource,
  { choices = {}, before, onFiles }: ReadHow = {},
): Promise<void> {
  const stop = new AbortController();
  stops.get(key)?.abort();
  stops.set(key, stop);
  try {
    const info = await callDocuments("read", [source, choices], {
      signal: stop.signal,
      onProgress: (progress) => change(key, (one) => ({ ...one, reading: { phase: "reading", progress } })),
    });
    openFiles.set(key, { source, choices });
    // Other text has other tokens, and other parts to choose from.
    change(key, (one) => ({
      ...one,
      reading: { phase: "read", info },
      tokens: { phase: "none" },
      range: null,
    }));
    keepSource(info.id, { source, choices });
    if (info.nFiles && !before) onFiles?.(source, "mail");
    await count(key);
  } catch (cause) {
    if (stop.signal.aborted) {
      if (before) change(key, () => before);
      return;
    }
    const error = asWireError(cause);
    if (error.code === "document-archive" && onFiles) {
      removeAttachment(key);
      return onFiles(source, /\.(mbox|mbx)$/i.test(source.name) ? "mailbox" : "archive");
    }
    if (error.code !== "document") openFiles.set(key, { source, choices });
    if (before?.reading.phase === "read") {
      change(key, () => before);
      notify(`${error.message} ${error.hint}`, { tone: "warning" });
    } else change(key, (one) => ({ ...one, reading: { phase: "failed", error } }));
  }
}

/**
 * Reads a document's file once more, as a person says: in another encoding, or all of a page. What is
 * attached changes; a message that was sent keeps its text, and the document goes with the next one as well.
 *
 * @returns the document as it reads now
 */
export async function readDocumentAgain(
  documentId: string,
  name: string,
  choices: ReadChoices,
): Promise<DocumentInfo | undefined> {
  const kept = sourceOf(documentId);
  if (!kept) return undefined;
  const all = { ...kept.choices, ...choices };
  const info = await callDocuments("read", [kept.source, all]);
  keepSource(info.id, { source: kept.source, choices: all });
  if (info.id === documentId) return info;
  const { list } = useAttachments.getState();
  const attached = list.find(({ reading }) => reading.phase === "read" && reading.info.id === documentId);
  const key = attached?.key ?? add(name, info.sizeBytes, { isPasted: false, range: null });
  change(key, (one) => ({
    ...one,
    range: null,
    tokens: { phase: "none" },
    reading: { phase: "read", info },
  }));
  if (!attached)
    notify(
      t("“{name}” goes with the next message as it reads now. What was sent stays as it was.", { name }),
    );
  void count(key);
  return info;
}

async function count(key: string): Promise<void> {
  await countOne(key);
  await planNeeded();
}

async function countOne(key: string): Promise<void> {
  const attachment = useAttachments.getState().list.find((one) => one.key === key);
  const { status } = useEngine.getState();
  if (attachment?.reading.phase !== "read" || status.phase !== "ready") return;
  const { tokens } = attachment;
  if (tokens.phase === "known" && tokens.modelId === status.model.id) return;
  stops.get(key)?.abort();
  const stop = new AbortController();
  stops.set(key, stop);
  const set = (counted: TokenCount) => change(key, (one) => ({ ...one, tokens: counted }));
  set({ phase: "counting", share: 0 });
  const counted = await countTokens({ ...attachment.reading.info, name: attachment.name }, stop.signal, set);
  if (!stop.signal.aborted) set(counted);
}

/** The tokens of a document and the lines around it, for the model that is loaded; "none" where none is. */
export async function countTokens(
  { id, name }: Pick<DocumentInfo, "id" | "name">,
  signal: AbortSignal,
  onProgress?: (counted: TokenCount) => void,
): Promise<TokenCount> {
  const { status } = useEngine.getState();
  if (status.phase !== "ready") return { phase: "none" };
  const modelId = status.model.id;
  try {
    const perPart = await engine.call("countDocument", [modelId, id, name], {
      signal,
      onProgress: ({ countedParts, totalParts }) =>
        onProgress?.({ phase: "counting", share: countedParts / totalParts }),
    });
    return { phase: "known", modelId, perPart };
  } catch (cause) {
    return { phase: "failed", error: asWireError(cause) };
  }
}

/**
 * Counts what is attached anew, from now on, for each model that is loaded: another one has another
 * tokenizer, another memory plan, or simply was not there yet. What was chosen of folders is made to fit.
 */
export function countForEachModel(): void {
  follow(
    useEngine,
    ({ status }) => status,
    ({ phase }) => {
      if (phase === "ready") void countAll();
    },
  );
}

async function countAll(): Promise<void> {
  await Promise.all(useAttachments.getState().list.map(({ key }) => countOne(key)));
  await planNeeded();
  if (useAttachments.getState().folders.length === 0) return;
  const { fitFolders } = await import("./folders/folder-reader");
  await fitFolders();
}

let lastPlan = 0;

/** Plans the memory that all that is attached needs. */
export async function planNeeded(): Promise<void> {
  const { status } = useEngine.getState();
  const { list } = useAttachments.getState();
  const mine = ++lastPlan;
  if (status.phase !== "ready" || list.length === 0) return useAttachments.setState({ plan: null });
  const needed = attachedTokens(list) + roomForAnswer;
  const contextLength = Math.max(needed, status.loaded.contextLength);
  const planned = await engine
    .call("plan", [status.model.id, optionsOf(status.model.id, contextLength)])
    .catch(() => null); // the model was deleted meanwhile
  if (mine === lastPlan) useAttachments.setState({ plan: planned?.plan ?? null });
}
