import { isObject, isString } from "../../ground/record-checks";
import type { Omissions } from "../chats";
import {
  fenced,
  fieldsOf,
  idOf,
  inOrder,
  listOf,
  momentOf,
  paragraphs,
  PICTURE,
  pictureMarks,
  textOf,
  type Fields,
} from "./fields";
import { emptyMessage, type ForeignChat, type ForeignDocument, type ForeignMessage } from "./foreign-chat";

/** Tells a chat of Open WebUI: with its record around it, as exports have it, or alone. */
export function isOpenWebUi(value: unknown): boolean {
  const chat = chatOf(fieldsOf(value));
  return (
    isObject(fieldsOf(chat["history"])["messages"]) ||
    (isObject(fieldsOf(value)["chat"]) && Array.isArray(chat["messages"]))
  );
}

const chatOf = (record: Fields): Fields => (isObject(record["chat"]) ? record["chat"] : record);

/**
 * Reads a chat of Open WebUI: messages by id in `chat.history.messages`, each with its `parentId`, and
 * `currentId`, the end of the branch that was open. Answers of several models are siblings.
 */
export function readOpenWebUi(value: unknown, omissions: Omissions): ForeignChat {
  const record = fieldsOf(value);
  const chat = chatOf(record);
  const history = fieldsOf(chat["history"]);
  const byId = Object.entries(fieldsOf(history["messages"]));
  const messages =
    byId.length > 0
      ? inOrder(
          byId,
          ([key]) => key,
          ([, message]) => fieldsOf(message)["childrenIds"],
        ).map(([key, message]) => readMessage(key, fieldsOf(message), omissions))
      : inLine(listOf(chat["messages"]).map(fieldsOf), omissions);
  if (textOf(chat["system"]).trim() !== "") omissions.add("instructions");
  return {
    id: textOf(record["id"]) || textOf(chat["id"]),
    title: textOf(record["title"]) || textOf(chat["title"]),
    createdAt: momentOf(record["created_at"]) || momentOf(chat["timestamp"]),
    updatedAt: momentOf(record["updated_at"]) || momentOf(chat["timestamp"]),
    facts: {
      ...(record["archived"] === true && { isArchived: true }),
      ...(record["pinned"] === true && { isPinned: true }),
    },
    messages,
    shownId: idOf(history["currentId"]) || null,
  };
}

/** The list of early versions, which had no branches. */
function inLine(messages: readonly Fields[], omissions: Omissions): readonly ForeignMessage[] {
  const ids = messages.map((message, at) => idOf(message["id"]) || `at-${at}`);
  return messages.map((message, at) => ({
    ...readMessage(ids[at]!, message, omissions),
    parentId: ids[at - 1] ?? null,
  }));
}

function readMessage(key: string, message: Fields, omissions: Omissions): ForeignMessage {
  const hidden = { ...emptyMessage, id: key, parentId: idOf(message["parentId"]) || null };
  const written = contentOf(message["content"], omissions);
  const createdAt = momentOf(message["timestamp"]);
  const role = textOf(message["role"]);
  if (role === "user") {
    const { documents, nPictures } = filesOf(message, omissions);
    return { ...hidden, role, createdAt, text: paragraphs([...pictureMarks(nPictures), written]), documents };
  }
  if (role !== "assistant") {
    if (written.trim() !== "") omissions.add("instructions");
    return hidden;
  }
  const { nPictures } = filesOf(message, omissions);
  omissions.add("source", listOf(message["sources"] ?? message["citations"]).length);
  const { text, thoughts, thinkingMs } = withoutDetails(written);
  const error = errorOf(message["error"]);
  return {
    ...hidden,
    role,
    createdAt,
    text: paragraphs([...pictureMarks(nPictures), text, error]),
    thoughts,
    modelName: textOf(message["modelName"]) || textOf(message["model"]) || null,
    ...(thinkingMs > 0 && { thinkingMs }),
    ...((message["done"] === false || error !== "") && { isUnfinished: true }),
  };
}

/** The text of a message; some versions have it in parts. */
function contentOf(content: unknown, omissions: Omissions): string {
  if (isString(content)) return content;
  return paragraphs(
    listOf(content).map((part) => {
      const { type, text } = fieldsOf(part);
      if (isString(text)) return text;
      omissions.add(type === "image_url" ? "image" : "unknown");
      return type === "image_url" ? PICTURE : "";
    }),
  );
}

function errorOf(error: unknown): string {
  const said = isString(error)
    ? error
    : textOf(fieldsOf(error)["content"]) || textOf(fieldsOf(error)["detail"]);
  return said.trim() === "" ? "" : `> ${said.trim().replace(/\n/g, "\n> ")}`;
}

/** The texts of attached files, where the export has them; the rest is counted. */
function filesOf(message: Fields, omissions: Omissions) {
  const documents: ForeignDocument[] = [];
  let nPictures = 0;
  for (const value of listOf(message["files"])) {
    const entry = fieldsOf(value);
    const file = fieldsOf(entry["file"]);
    const kind = textOf(entry["type"]);
    const type = textOf(entry["content_type"]) || textOf(fieldsOf(file["meta"])["content_type"]);
    if (kind === "image" || type.startsWith("image/")) {
      omissions.add("image");
      nPictures++;
      continue;
    }
    const text = textOf(fieldsOf(file["data"])["content"]) || textOf(entry["content"]);
    const name = textOf(entry["name"]) || textOf(file["filename"]);
    if (text.trim() === "") omissions.add("file");
    else documents.push({ name, text });
  }
  return { documents, nPictures };
}

/** `<details type="reasoning" duration="8">`: what Open WebUI folds away is a block of the answer's text. */
const opening = /<details\b([^>]{0,4000})>/;

function withoutDetails(written: string): { text: string; thoughts: string; thinkingMs: number } {
  const texts: string[] = [];
  const thoughts: string[] = [];
  let thinkingMs = 0;
  let rest = written;
  for (let match = opening.exec(rest); match; match = opening.exec(rest)) {
    const [tag, attributes = ""] = match;
    const kind = /\btype="(\w+)"/.exec(attributes)?.[1];
    const inside = rest.slice(match.index + tag.length);
    const end = inside.indexOf("</details>");
    const block = end < 0 ? inside : inside.slice(0, end);
    const after = end < 0 ? "" : inside.slice(end + "</details>".length);
    if (kind === undefined) {
      // A block that the answer itself wrote.
      texts.push(rest.slice(0, match.index) + tag + block + (end < 0 ? "" : "</details>"));
    } else {
      texts.push(rest.slice(0, match.index));
      const said = unescaped(block.replace(/<summary>[^<]{0,2000}<\/summary>/, "")).trim();
      if (kind === "reasoning") {
        thoughts.push(said.replace(/^> ?/gm, ""));
        const seconds = Number(/\bduration="([\d.]+)"/.exec(attributes)?.[1] ?? 0);
        if (Number.isFinite(seconds)) thinkingMs += Math.round(seconds * 1000);
      } else thoughts.push(toolCall(attributes, said));
    }
    rest = after;
  }
  texts.push(rest);
  return { text: texts.join("").trim(), thoughts: paragraphs(thoughts), thinkingMs };
}

function toolCall(attributes: string, said: string): string {
  const named = (name: string) => unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
  const [name, args, result] = [named("name"), named("arguments"), named("result")];
  return paragraphs([
    name === "" ? "" : `**${name}**`,
    args === "" ? "" : fenced(args),
    result === "" ? "" : fenced(result),
    said,
  ]);
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
  "&#39;": "'",
  "&amp;": "&",
};

const unescaped = (text: string) =>
  text.replace(/&(?:lt|gt|quot|#x27|#39|amp);/g, (entity) => entities[entity]!);
