import type { DocumentUnit } from "../ground/document";
import { get, promisifyRequest, set, type UseStore } from "idb-keyval";
import { StorageError, whatItSays } from "../ground/errors";
import { counted } from "../ground/figures";
import { openStore } from "./memory/open-store";
import { PassedOn } from "./memory/passed-on";
import { t, type Sentence } from "../language/language";

/**
 * A sentence said beside the document: what was left out, guessed, damaged, or can be had another way, and
 * what to do.
 */
export interface DocumentNote {
  readonly kind: "left-out" | "guessed" | "damaged" | "scanned" | "info";
  readonly sentence: Sentence;
  /** Pages or lines. */
  readonly numbers?: readonly number[];
}

/** A stretch of the text told apart from the body. */
export interface TextMark {
  readonly kind:
    | ("header" | "footer" | "page-number" | "footnote" | "comment" | "heading" | "form-field")
    | ("annotation" | "navigation");
  readonly start: number;
  readonly end: number;
}

/** A piece of the file that the model does not read, and the place in the text where it stood. */
export interface LeftOut {
  readonly kind: TextMark["kind"];
  readonly at: number;
  readonly text: string;
}

/**
 * The text of a document as it was read from its file, kept once however many messages and chats have
 * it.
 */
export interface DocumentText {
  /** SHA-256 of the text and its cuts. */
  readonly id: string;
  readonly text: string;
  /** The unit of `numbers`. */
  readonly unit: DocumentUnit;
  /**
   * The start of each part of `text`; the first is 0. Parts are what can be chosen, and are encoded by
   * themselves.
   */
  readonly starts: readonly number[];
  /** The page of each part, or its first line, counted from 1. */
  readonly numbers: readonly number[];
  /**
   * Remarks for its reader; missing in documents stored before 2026-11-30, as are the three fields
   * below.
   */
  readonly notes?: readonly DocumentNote[];
  readonly marks?: readonly TextMark[];
  readonly leftOut?: readonly LeftOut[];
  /** The encoding of a text file, as TextDecoder names it. */
  readonly encoding?: string;
  /** The part of a web page that was read, where its article is less than the whole. */
  readonly webPart?: "article" | "whole";
  /** Milliseconds since 1970. */
  readonly addedAt: number;
}

/**
 * Documents' texts in IndexedDB, each under a key of its own: a chat is saved twice a second, its documents
 * once.
 */
export class DocumentStorage {
  readonly #store: UseStore;
  readonly #passedOn: PassedOn<DocumentText>;

  constructor(databaseName = "documents") {
    this.#store = openStore(databaseName, "documents");
    this.#passedOn = new PassedOn(databaseName, (id) => get<DocumentText>(id, this.#store));
  }

  /** @throws StorageError "storage-full" when the disk or the browser's quota is full */
  async put(document: DocumentText): Promise<void> {
    try {
      await set(document.id, document, this.#store);
    } catch (cause) {
      throw writeError(document, cause);
    }
  }

  /** Adds a document unless one of its id is there. @returns whether it was added */
  async add(document: DocumentText): Promise<boolean> {
    let isNew = false;
    try {
      await this.#store("readwrite", (store) => {
        const request = store.getKey(document.id);
        request.onsuccess = () => {
          isNew = request.result === undefined;
          if (isNew) store.put(document, document.id);
        };
        return promisifyRequest(store.transaction);
      });
    } catch (cause) {
      throw writeError(document, cause);
    }
    return isNew;
  }

  /** @throws StorageError  when there is none of that id */
  async read(id: string): Promise<DocumentText> {
    const stored = await get<DocumentText>(id, this.#store).catch((cause: unknown) => {
      throw unreadable(whatItSays(cause), cause);
    });
    const document = stored ?? (await this.#passedOn.ask(id));
    if (!document) throw unreadable(t("it is no longer stored in this browser."));
    return document;
  }

  /** Removes what no chat has any more; what was added after `before` may be about to be sent. */
  async removeUnused(used: ReadonlySet<string>, before: number): Promise<void> {
    await this.#store("readwrite", (store) => {
      const cursor = store.openCursor();
      cursor.onsuccess = () => {
        const record = cursor.result;
        if (!record) return;
        const { id, addedAt } = record.value as DocumentText;
        if (!used.has(id) && addedAt < before) record.delete();
        record.continue();
      };
      return promisifyRequest(store.transaction);
    });
  }
}

function unreadable(reason: Sentence, cause?: unknown): StorageError {
  return new StorageError("storage", t("A document's text could not be read: {reason}", { reason }), {
    hint: t("Attach the document again, or start a new chat without it."),
    cause,
  });
}

function writeError({ text }: DocumentText, cause: unknown): StorageError {
  const size = counted(text.length, "character");
  const isFull = cause instanceof Error && cause.name === "QuotaExceededError";
  return isFull
    ? new StorageError(
        "storage-full",
        t("The document ({size}) could not be kept: the disk is full.", { size }),
        {
          hint: t("Delete a stored model or old chats, then attach it again."),
          cause,
        },
      )
    : new StorageError(
        "storage",
        t("The document ({size}) could not be kept: {reason}", { size, reason: whatItSays(cause) }),
        {
          hint: t(
            "In a private window, or with site data blocked, documents can not be attached. Paste the text.",
          ),
          cause,
        },
      );
}
