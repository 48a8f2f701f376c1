import { CarryError } from "../../ground/errors";
import { isListOf, isNumber, isObject, isString } from "../../ground/record-checks";
import { documentId } from "../../documents/text/text-document";
import { readRecord } from "../../storage/chats/conversation-record";
import type { Conversation, Message } from "../../storage/chats/conversations";
import { renamed } from "../../storage/chats/message-tree";
import type { DocumentText } from "../../storage/documents";
import type { ReadChat } from "../chats";
import { whyTooLarge } from "../limits";
import { t, type Sentence } from "../../language/language";

/** The version of this app's own files. Raise it only where an older app would misread them. */
export const VERSION = 1;

/** The values of `format` in this app's own files. */
export const formats = { chats: "qwen-in-browser/chats", backup: "qwen-in-browser/backup" } as const;

export function checkVersion(version: unknown, name: string): void {
  if (isNumber(version) && version >= 1 && version <= VERSION) return;
  throw new CarryError(
    isNumber(version) && version > VERSION
      ? t("“{name}” was written by a newer version of this app.", { name })
      : t("“{name}” does not say which version of this app wrote it.", { name }),
    { hint: t("Reload the page to get the newest version, then try again. Nothing was changed.") },
  );
}

/**
 * A chat as one line of JSON: all that is stored of it, the parts that other parts follow from left out. The
 * same chat gives the same line, whenever and wherever it is written.
 */
export function chatLine(conversation: Conversation): string {
  const { id, title, createdAt, updatedAt, messages, tree, ...rest } = conversation;
  const { documentIds: _documents, isDamaged: _damaged, ...facts } = rest;
  const sorted = Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ id, title, createdAt, updatedAt, ...sorted, tree, messages });
}

/** A document as one line of JSON. When it was added says nothing elsewhere. */
export function documentLine({ addedAt: _, id, text, ...rest }: DocumentText): string {
  const sorted = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ id, ...sorted, text });
}

/**
 * Reads a chat of this app's own file, which anyone may have changed.
 *
 * @param seen      ids of messages of this file, which is added to: no two chats may share one
 * @param documents finds a document of the file by its id
 */
export async function readChat(
  value: unknown,
  seen: Set<string>,
  documents: (id: string) => Promise<DocumentText | undefined>,
): Promise<ReadChat> {
  const fields = isObject(value) ? value : {};
  const { facts, createdAt, updatedAt, messages, tree } = readRecord(fields);
  const refuse = (reason: Sentence): ReadChat => ({
    kind: "refused",
    refused: { title: facts.title, reason },
  });
  if (messages.length === 0) return refuse(t("It has no message."));
  const nCharacters = messages.reduce((sum, message) => sum + message.text.length, 0);
  const tooLarge = whyTooLarge(messages.length, nCharacters);
  if (tooLarge !== null) return refuse(tooLarge);
  const { id } = fields;
  const isOwn = isString(id) && /^[\w-]{1,64}$/.test(id) && !(id in {});
  if (!isOwn) return refuse(t("Its id is none of this app."));
  // Messages of another chat under the same ids would stand in its place on the page.
  const isShared = messages.some((message) => seen.has(message.id));
  for (const message of messages) seen.add(message.id);
  const idOf = (messageId: string) => (isShared ? `${id}:${messageId}` : messageId);
  const texts = new Map<string, DocumentText>();
  for (const message of messages)
    for (const { id: documentId } of message.role === "user" ? (message.documents ?? []) : []) {
      const text = texts.get(documentId) ?? (await documents(documentId));
      if (text) texts.set(documentId, text);
    }
  const conversation: Conversation = {
    ...facts,
    id,
    createdAt,
    updatedAt,
    messages: messages.map((message) => withId(message, idOf)),
    tree: isShared ? renamed(tree, idOf) : tree,
  };
  return { kind: "read", chat: { conversation, documents: [...texts.values()] } };
}

function withId(message: Message, idOf: (id: string) => string): Message {
  const id = idOf(message.id);
  if (id === message.id) return message;
  return message.role === "assistant" && message.leftOut
    ? { ...message, id, leftOut: message.leftOut.map(idOf) }
    : { ...message, id };
}

const isPassage = (value: unknown) =>
  isObject(value) && isString(value["kind"]) && isNumber(value["start"]) && isNumber(value["end"]);

const isNote = (value: unknown) => isObject(value) && isString(value["kind"]) && isString(value["sentence"]);

const isLeftOut = (value: unknown) =>
  isObject(value) && isString(value["kind"]) && isNumber(value["at"]) && isString(value["text"]);

/** Reads a document of this app's own file; `undefined` where it is damaged, or is not what its id says. */
export async function readDocumentText(value: unknown): Promise<DocumentText | undefined> {
  if (!isObject(value)) return undefined;
  const { id, text, unit, starts, numbers, notes, marks, leftOut, encoding, webPart } = value;
  if (!isString(id) || !isString(text) || (unit !== "page" && unit !== "line")) return undefined;
  if (!isListOf(starts, isNumber) || !isListOf(numbers, isNumber)) return undefined;
  const cuts = starts as readonly number[];
  const isInOrder = cuts.every((start, at) => (at === 0 ? start === 0 : start > cuts[at - 1]!));
  if (!isInOrder || cuts.length === 0 || cuts.length !== numbers.length || cuts.at(-1)! > text.length)
    return undefined;
  if (id !== (await documentId({ unit, text }))) return undefined;
  const sound = {
    ...(isListOf(notes, isNote) && { notes }),
    ...(isListOf(marks, isPassage) && { marks }),
    ...(isListOf(leftOut, isLeftOut) && { leftOut }),
    ...(isString(encoding) && { encoding }),
    ...((webPart === "article" || webPart === "whole") && { webPart }),
  } as Partial<DocumentText>;
  return {
    id,
    text,
    unit,
    starts: cuts,
    numbers: numbers as readonly number[],
    ...sound,
    addedAt: Date.now(),
  };
}
