import { isNumber, isObject, isString } from "../../ground/record-checks";
import type { AnswerFigures } from "../../storage/chats/conversations";
import type { Omissions } from "../chats";
import { fenced, fieldsOf, idOf, listOf, momentOf, paragraphs, textOf, type Fields } from "./fields";
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
  const places = new Map<string, number>();
  for (const message of list)
    for (const [place, child] of listOf(message["children"]).entries()) places.set(idOf(child), place);
  const messages = list.map((message, at) =>
    readMessage(
      message,
      ids[at]!,
      hasTree ? idOf(message["parent"]) || null : (ids[at - 1] ?? null),
      omissions,
    ),
  );
  const updatedAt = momentOf(conv["lastModified"]);
  return {
    id: idOf(conv["id"]),
    title: textOf(conv["name"]),
    createdAt: 0,
    updatedAt,
    facts: conv["pinned"] === true ? { isPinned: true } : {},
    messages: messages.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0)),
    shownId: idOf(conv["currNode"]) || null,
  };
}

/**
 * Reads lines of JSON: one that begins a chat, then one for each message.
 *
 * @returns the chats as `{ conv, messages }`
 */
export function chatsOfLines(lines: Iterable<unknown>): readonly unknown[] {
  const chats: { conv: unknown; messages: unknown[] }[] = [];
  for (const line of lines) {
    const record = fieldsOf(line);
    if (record["type"] === "session") chats.push({ conv: record, messages: [] });
    else if (record["type"] === "message") chats.at(-1)?.messages.push(record["message"]);
    else if (isLlamaCpp(line)) chats.push(line as (typeof chats)[number]);
  }
  return chats;
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
    const marks = Array.from({ length: Math.min(nPictures, 50) }, () => "[picture]");
    return { ...hidden, role, createdAt, text: paragraphs([...marks, text]), documents };
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
    const text = textOf(extra["content"]);
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
