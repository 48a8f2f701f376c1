import type { ContextParts, FinishReason } from "../../ground/answer";
import type { DocumentUnit, NamedPassage, Quotation } from "../../ground/document";
import type { AnswerSettings } from "../../ground/answer-settings";
import type { PromptMode } from "../../ground/prompt-mode";
import type { SamplingSettings } from "../../ground/sampling";
import { del, get, getMany, keys, promisifyRequest, type UseStore } from "idb-keyval";
import { StorageError, type WireError } from "../../ground/errors";
import { openStore } from "../memory/open-store";
import { areFactsSound, readRecord, type ReadRecord } from "./conversation-record";
import type { MessageTree } from "./message-tree";
import { isListOf, isNumber, isObject, isString } from "../../ground/record-checks";
import { checkFormat, FORMAT, FORMAT_KEY, isNewer, newerError } from "./format";
import { t } from "../../language/language";

/** A document of a message; its text is kept once, under its id (storage/documents.ts). */
export interface MessageDocument {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly unit: DocumentUnit;
  /** Pages, or lines. */
  readonly nUnits: number;
  /** The part of it that was asked about, in characters; `null` for all of it. */
  readonly range: NamedPassage | null;
  /** With the model it was attached for; `null` if it was sent before they were counted. */
  readonly nTokens: number | null;
}

export interface UserMessage {
  readonly id: string;
  readonly role: "user";
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly text: string;
  readonly documents?: readonly MessageDocument[];
  /** The answer was asked to quote the documents; part of the prompt from then on. */
  readonly asksForQuotes?: boolean;
}

export type AnswerState =
  | { readonly kind: "streaming" }
  | {
      readonly kind: "done";
      readonly finish: FinishReason;
      /** The tokens read so far, of an answer that was stopped while its prompt was read. */
      readonly read?: { readonly tokens: number; readonly total: number };
    }
  /** The page went away while the answer was being written; what was shown is kept. */
  | { readonly kind: "interrupted" }
  | { readonly kind: "failed"; readonly error: WireError };

export interface AnswerFigures {
  readonly promptTokens: number;
  /** The part of `promptTokens` that did not have to be read again. */
  readonly reusedTokens: number;
  readonly generatedTokens: number;
  readonly contextUsed: number;
  /** 0 where it is not known, as of answers of another program. */
  readonly contextLength: number;
  /** The parts of `contextUsed`; the rest is the chat. Answers stored by earlier versions lack it. */
  readonly parts?: ContextParts;
  readonly prefillMs: number;
  readonly decodeMs: number;
  /** Answers of other programs lack it. */
  readonly seed?: number;
  /** Why what was saved of the chat had to be read anew. */
  readonly notReused?: { readonly code: string; readonly message: string };
}

/** The ways to make room in a full context, as counted when it was found full. */
export interface Overflow {
  /** Questions that can be left out of the prompt, with their answers; 0: none. */
  readonly turns: number;
  readonly tokens: number;
}

/** The settings an answer was drawn with; of a continued answer, those of its last part. */
export interface DrawnWith extends PromptMode {
  readonly systemPrompt: string;
  readonly sampling: SamplingSettings;
}

export interface AnswerMessage {
  readonly id: string;
  readonly role: "assistant";
  readonly createdAt: number;
  readonly text: string;
  readonly reasoning: string;
  readonly modelName: string | null;
  readonly state: AnswerState;
  readonly figures: AnswerFigures | null;
  /**
   * Milliseconds from the first thought to the answer's first word; without thoughts, and in older answers,
   * none.
   */
  readonly thinkingMs?: number;
  /** Milliseconds from the request to the first token; answers stored by earlier versions lack it. */
  readonly firstTokenMs?: number;
  /** The person wrote it, or changed what the model wrote. */
  readonly isByHand?: boolean;
  /** Answers stored by earlier versions lack it. */
  readonly drawnWith?: DrawnWith;
  /**
   * The stretches in quotation marks, and their places in the chat's documents; looked up once the answer is
   * whole.
   */
  readonly quotations?: readonly Quotation[];
  /**
   * From this answer on, earlier messages that the model no longer reads; the person chose so in a full
   * context.
   */
  readonly leftOut?: readonly string[];
  /** `tokens` of all that is left out. */
  readonly leftOutTokens?: number;
  /** Set in an answer that found the context full. */
  readonly overflow?: Overflow;
}

export type Message = UserMessage | AnswerMessage;

/** The facts of a chat that a person can change without a word being said in it. */
export interface ChatFacts {
  readonly title: string;
  /** The author of the title; absent while it is the beginning of the first question. */
  readonly titledBy?: "person" | "model";
  /** Stands above all others. */
  readonly isPinned?: boolean;
  /** Out of the way: listed apart, found all the same. */
  readonly isArchived?: boolean;
  /** Chats of the same name here stand together; `null` as absent. */
  readonly folder?: string | null;
  /**
   * The preset that its answers follow; absent or `null`: the usual settings. The name is for when it is
   * deleted.
   */
  readonly preset?: { readonly id: string; readonly name: string } | null;
  /** Settings of this chat alone, over its preset. */
  readonly answers?: AnswerSettings;
}

export interface ConversationSummary extends ChatFacts {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The ids of all its documents, those of branches too: their texts stay as long as the chat. */
  readonly documentIds?: readonly string[];
  /** Something of it could not be read, which documents it has perhaps. */
  readonly isDamaged?: boolean;
}

export interface Conversation extends ConversationSummary {
  /** All of them, those of branches that are not shown too. */
  readonly messages: readonly Message[];
  readonly tree: MessageTree;
}

const INDEX_KEY = "index";
const RECORD_PREFIX = "conversation:";
const recordKey = (id: string) => `${RECORD_PREFIX}${id}`;

/**
 * Conversations in IndexedDB: one record each, and an index of summaries so that the list opens without
 * reading them. Record and index change in one transaction, so a page killed between two writes loses
 * neither; should they differ all the same, the records are what counts.
 */
export class ConversationStorage {
  readonly #store: UseStore;
  /** The summaries that this instance wrote last. */
  readonly #written = new Map<string, string>();

  constructor(databaseName = "conversations") {
    this.#store = openStore(databaseName, "conversations");
  }

  /**
   * Summaries, the one changed last first; of records that the index does not name, as far as they can be
   * read.
   */
  async list(): Promise<readonly ConversationSummary[]> {
    return reading(async () => {
      const [[index, format], storedKeys] = await Promise.all([
        getMany<unknown>([INDEX_KEY, FORMAT_KEY], this.#store),
        keys(this.#store),
      ]);
      checkFormat(format);
      const indexed = isObject(index) ? index : {};
      const ids = storedKeys.flatMap((key) =>
        isString(key) && key.startsWith(RECORD_PREFIX) ? key.slice(RECORD_PREFIX.length) : [],
      );
      const summaries = ids.map(async (id) => {
        const summary = indexed[id];
        if (isSummary(summary, id)) return summary;
        const record = await get<unknown>(recordKey(id), this.#store);
        return record === undefined ? [] : summaryOf(id, readRecord(record)); // deleted meanwhile
      });
      return (await Promise.all(summaries)).flat().sort((a, b) => b.updatedAt - a.updatedAt);
    });
  }

  /**
   * The conversation; `undefined` if there is none of that id. What is damaged in it is left out.
   *
   * @param isBeingWritten another tab is writing its last answer: unfinished ones are not interrupted
   */
  async read(id: string, isBeingWritten = false): Promise<Conversation | undefined> {
    const stored = await reading(async () => {
      const [record, format] = await getMany<unknown>([recordKey(id), FORMAT_KEY], this.#store);
      checkFormat(format);
      return record;
    });
    if (stored === undefined) return undefined;
    const record = readRecord(stored);
    return {
      ...summaryOf(id, record),
      messages: isBeingWritten ? record.messages : record.messages.map(markInterrupted),
      tree: record.tree,
    };
  }

  /**
   * @throws StorageError "storage-full" when the disk or the browser's quota is full; what was stored before
   *   stays
   */
  async write(conversation: Conversation): Promise<void> {
    const { isDamaged: _, ...whole } = conversation; // what could not be read is gone with this
    const { messages, tree: _tree, documentIds: _documentIds, ...facts } = whole;
    const summary = withDocuments(facts, messages);
    // An answer is stored twice a second, the summaries of all chats only when this one's is another than it
    // was.
    const written = JSON.stringify(summary);
    await this.#change(
      (store, index, done) => {
        store.put(whole, recordKey(whole.id));
        done({ ...index, [summary.id]: summary });
      },
      this.#written.get(summary.id) === written,
    );
    this.#written.set(summary.id, written);
  }

  /**
   * Adds conversations of whose ids none is stored; those that are there stay as they are.
   *
   * @returns the ids that were added
   */
  async add(conversations: readonly Conversation[]): Promise<ReadonlySet<string>> {
    const added = new Set<string>();
    await this.#change((store, index, done) => {
      let changed = index;
      let nLeft = conversations.length;
      if (nLeft === 0) done(changed);
      for (const { isDamaged: _, documentIds: __, ...whole } of conversations) {
        const request = store.getKey(recordKey(whole.id));
        request.onsuccess = () => {
          if (request.result === undefined && !added.has(whole.id)) {
            const { messages, tree: _tree, ...facts } = whole;
            store.put(whole, recordKey(whole.id));
            changed = { ...changed, [whole.id]: withDocuments(facts, messages) };
            added.add(whole.id);
          }
          if (--nLeft === 0) done(changed);
        };
      }
    });
    return added;
  }

  /**
   * Changes these facts alone, whatever else another tab is writing. @returns whether the conversation is
   * stored
   */
  async changeFacts(id: string, facts: Partial<ChatFacts>): Promise<boolean> {
    let isStored = false;
    await this.#change((store, index, done) => {
      const request: IDBRequest<unknown> = store.get(recordKey(id));
      request.onsuccess = () => {
        const record = request.result;
        isStored = record !== undefined;
        // One that came back damaged may be whole the next time: it is not written over.
        if (isObject(record) && Array.isArray(record["messages"]))
          store.put({ ...record, ...facts }, recordKey(id));
      };
      const summary = index[id];
      done(summary ? { ...index, [id]: { ...summary, ...facts } } : index);
    });
    this.#written.delete(id);
    return isStored;
  }

  /** Removes a conversation; of an unknown id, nothing. Also on a full disk, where nothing can be put. */
  async remove(id: string): Promise<void> {
    this.#written.delete(id);
    try {
      await this.#change((store, index, done) => {
        store.delete(recordKey(id));
        const { [id]: _, ...rest } = index;
        done(rest);
      });
    } catch (error) {
      if (!(error instanceof StorageError) || error.code !== "storage-full") throw error;
      await del(recordKey(id), this.#store).catch((cause: unknown) => {
        throw writeError(cause);
      });
    }
  }

  /** @param edit  calls `done` with the index as it is to be, within the transaction */
  async #change(
    edit: (store: IDBObjectStore, index: Index, done: (index: Index) => void) => void,
    isIndexSame = false,
  ): Promise<void> {
    let isRefused = false;
    try {
      await this.#store("readwrite", (store) => {
        const format = store.get(FORMAT_KEY);
        format.onsuccess = () => {
          isRefused = isNewer(format.result);
          if (isRefused) return store.transaction.abort();
          if (isIndexSame) return edit(store, {}, () => undefined);
          if (format.result !== FORMAT) store.put(FORMAT, FORMAT_KEY);
          const request = store.get(INDEX_KEY) as IDBRequest<Index | undefined>;
          request.onsuccess = () =>
            edit(store, request.result ?? {}, (index) => void store.put(index, INDEX_KEY));
        };
        return promisifyRequest(store.transaction);
      });
    } catch (cause) {
      throw isRefused ? newerError() : writeError(cause);
    }
  }
}

type Index = Readonly<Record<string, ConversationSummary>>;

function isSummary(value: unknown, id: string): value is ConversationSummary {
  if (!isObject(value)) return false;
  const { id: own, title, createdAt, updatedAt, documentIds } = value;
  return (
    own === id &&
    isString(title) &&
    isNumber(createdAt) &&
    isNumber(updatedAt) &&
    (documentIds === undefined || isListOf(documentIds, isString)) &&
    areFactsSound(value)
  );
}

const summaryOf = (id: string, { facts, createdAt, updatedAt, messages, isWhole }: ReadRecord) =>
  withDocuments({ id, ...facts, createdAt, updatedAt, ...(!isWhole && { isDamaged: true }) }, messages);

function withDocuments<T extends object>(facts: T, messages: readonly Message[]) {
  const documentIds = messages.flatMap((message) =>
    message.role === "user" ? (message.documents ?? []).map(({ id }) => id) : [],
  );
  return { ...facts, ...(documentIds.length > 0 && { documentIds }) };
}

function markInterrupted(message: Message): Message {
  const isUnfinished = message.role === "assistant" && message.state.kind === "streaming";
  return isUnfinished ? { ...message, state: { kind: "interrupted" } } : message;
}

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    throw new StorageError(
      "storage",
      t("The stored chats could not be read: {describe}", { describe: describe(cause) }),
      {
        hint: t("Reload the page. In a private window, or with site data blocked, chats can not be kept."),
        cause,
      },
    );
  }
}

function writeError(cause: unknown): StorageError {
  const isFull = cause instanceof Error && cause.name === "QuotaExceededError";
  return isFull
    ? new StorageError(
        "storage-full",
        t("The disk is full, or this site has used all it may: the chat was not saved."),
        {
          hint: t(
            "Delete a stored model or old chats: the chat is saved as soon as there is room, while this page is open.",
          ),
          cause,
        },
      )
    : new StorageError(
        "storage",
        t("The chat could not be saved: {describe}", { describe: describe(cause) }),
        {
          hint: t("It stays on this page until you close it. Copy what you need, then reload the page."),
          cause,
        },
      );
}

const describe = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
