import { isNumber, isObject, isString } from "../../ground/record-checks";
import type { AnswerFigures } from "../../storage/chats/conversations";
import type { Omissions } from "../chats";
import {
  fenced,
  fieldsOf,
  idOf,
  inOrder,
  listOf,
  momentOf,
  paragraphs,
  pictureMarks,
  textOf,
  type Fields,
} from "./fields";
import { emptyMessage, type ForeignChat, type ForeignDocument, type ForeignMessage } from "./foreign-chat";

/**
 * Tells a chat of llama.cpp's UI: `{ conv, messages }`, or a chat of its first UI with a list of messages.
 */
export function isLlamaCpp(value: unknown): boolean {
  const { conv, messages, id, lastModified } = fieldsOf(value);
  return Array.isArray(messages) && (isObject(conv) || (isString(id) && isNumber(lastModified)));
}

/**
 * Reads a chat of llama.cpp's UI: a list of messages with their `parent`, and `currNode`, the end of the
 * branch that was open. The first UI had no branches.
 */
export function readLlamaCpp(value: unknown, omissions: Omissions): ForeignChat {
  const record = fieldsOf(value);
  const conv = isObject(record["conv"]) ? record["conv"] : record;
  const list = listOf(record["messages"]).map(fieldsOf);
  const hasTree = list.some((message) => message["parent"] !== undefined);
  const ids = list.map((message, at) => idOf(message["id"]) || `at-${at}`);
  const parents = hasTree ? parentsOf(list, ids) : ids.map((_, at) => ids[at - 1] ?? null);
  const ordered = inOrder(
    [...list.entries()],
    ([at]) => ids[at]!,
    ([, message]) => message["children"],
  );
  const updatedAt = momentOf(conv["lastModified"]);
  return {
    id: idOf(conv["id"]),
    title: textOf(conv["name"]),
    createdAt: 0,
    updatedAt,
    facts: conv["pinned"] === true ? { isPinned: true } : {},
    messages: ordered.map(([at, message]) => readMessage(message, ids[at]!, parents[at]!, omissions)),
    shownId: idOf(conv["currNode"]) || null,
  };
}

/** Each message's parent. One whose parent stood on a damaged line follows what stood before that line. */
function parentsOf(list: readonly Fields[], ids: readonly string[]): readonly (string | null)[] {
  const known = new Set(ids);
  let gap: string | null = null;
  return list.map((message, at) => {
    if (isGap(message)) {
      gap = ids[at]!;
      return ids[at - 1] ?? null;
    }
    const parent = idOf(message["parent"]) || null;
    return parent !== null && !known.has(parent) && gap !== null ? gap : parent;
  });
}

/** The place of a message whose line is damaged. */
const damagedLine = {};
const isGap = ({ role, id }: Fields) => role === undefined && id === undefined;

/**
 * Reads lines of JSON: one that begins a chat, then one for each message. A line of an unknown kind is no
 * damage: later versions may write some.
 *
 * @param lines  a damaged one as `undefined`
 * @returns the chats as `{ conv, messages }`, and the number of lines that are in none
 */
export function chatsOfLines(lines: Iterable<unknown>): {
  readonly chats: readonly unknown[];
  readonly nDamaged: number;
} {
  const chats: { conv: unknown; messages: unknown[] }[] = [];
  let nDamaged = 0;
  // After a damaged line, which may have begun another chat, a message has to say that it is of this one.
  let isSure = false;
  for (const line of lines) {
    const record = fieldsOf(line);
    const chat = chats.at(-1);
    if (line === undefined) {
      nDamaged++;
      isSure = false;
      chat?.messages.push(damagedLine);
    } else if (record["type"] === "session") {
      chats.push({ conv: record, messages: [] });
      isSure = true;
    } else if (record["type"] === "message") {
      const { convId } = fieldsOf(record["message"]);
      const isOfChat = isSure || convId === undefined || idOf(convId) === idOf(fieldsOf(chat?.conv)["id"]);
      if (chat && isOfChat) chat.messages.push(record["message"]);
      else nDamaged++;
    } else if (isLlamaCpp(line)) {
      chats.push(line as (typeof chats)[number]);
      isSure = true;
    }
  }
  return { chats, nDamaged };
}

/** The first line of such a file. */
export const isSessionLine = (value: unknown): boolean =>
  isObject(value) && value["type"] === "session" && isString(value["id"]);

function readMessage(
  message: Fields,
  id: string,
  parentId: string | null,
  omissions: Omissions,
): ForeignMessage {
  const hidden = { ...emptyMessage, id, parentId };
  const role = textOf(message["role"]);
  const text = textOf(message["content"]);
  const createdAt = momentOf(message["timestamp"]) || (isNumber(message["id"]) ? momentOf(message["id"]) : 0);
  if (role === "user") {
    const { documents, nPictures } = extrasOf(message["extra"], omissions);
    return { ...hidden, role, createdAt, text: paragraphs([...pictureMarks(nPictures), text]), documents };
  }
  if (role === "tool") {
    extrasOf(message["extra"], omissions);
    if (text.trim() === "") return hidden;
    return { ...hidden, role: "assistant", createdAt, thoughts: fenced(text) };
  }
  if (role !== "assistant") {
    if (text.trim() !== "") omissions.add("instructions");
    return hidden;
  }
  const thoughts =
    textOf(message["reasoningContent"]) || textOf(message["thinking"]) || textOf(message["thought"]);
  const inText = thoughts === "" ? /^\s*<think>([\s\S]*?)<\/think>/.exec(text) : null;
  return {
    ...hidden,
    role,
    createdAt,
    text: inText ? text.slice(inText[0].length).trim() : text,
    thoughts: paragraphs([inText ? inText[1]!.trim() : thoughts, toolCalls(message["toolCalls"])]),
    modelName: textOf(message["model"]) || null,
    ...figuresOf(fieldsOf(message["timings"])),
  };
}

/** The calls of tools, a list or that list as text. */
function toolCalls(written: unknown): string {
  if (isString(written))
    return written.trim() === "" || written.trim() === "[]" ? "" : fenced(written, "json");
  return listOf(written).length === 0 ? "" : fenced(JSON.stringify(written, null, 2), "json");
}

function extrasOf(extras: unknown, omissions: Omissions) {
  const documents: ForeignDocument[] = [];
  let nPictures = 0;
  for (const value of listOf(extras)) {
    const extra = fieldsOf(value);
    const kind = textOf(extra["type"]).toLowerCase();
    // Of a PDF that was given to the model as pictures, the text only says how many pages it has.
    const text = extra["processedAsImages"] === true ? "" : textOf(extra["content"]);
    if (text.trim() !== "") documents.push({ name: textOf(extra["name"]), text });
    else if (kind.startsWith("image")) {
      omissions.add("image");
      nPictures++;
    } else omissions.add(/^(audio|video)/.test(kind) ? "audio" : "file");
  }
  return { documents, nPictures };
}

/**
 * The figures of an answer, as its server counted them. The length of its context and its seed are not told.
 */
function figuresOf(timings: Fields): { figures?: AnswerFigures; firstTokenMs?: number } {
  const count = (name: string) => {
    const value = timings[name];
    return isNumber(value) && value >= 0 ? value : 0;
  };
  const generatedTokens = count("predicted_n");
  if (generatedTokens === 0) return {};
  const reusedTokens = count("cache_n");
  const promptTokens = count("prompt_n") + reusedTokens;
  const prefillMs = count("prompt_ms");
  const figures = {
    promptTokens,
    reusedTokens,
    generatedTokens,
    contextUsed: promptTokens + generatedTokens,
    contextLength: 0,
    prefillMs,
    decodeMs: count("predicted_ms"),
  };
  return { figures, ...(prefillMs > 0 && { firstTokenMs: prefillMs }) };
}
