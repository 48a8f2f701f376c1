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
  textOf,
  type Fields,
} from "./fields";
import { emptyMessage, type ForeignChat, type ForeignMessage } from "./foreign-chat";

/** Tells a chat of ChatGPT's conversations.json by its tree. */
export const isChatGpt = (value: unknown): boolean => isObject(value) && isObject(value["mapping"]);

/**
 * Reads a chat of ChatGPT's conversations.json: a tree of nodes in `mapping`, of which each may have a
 * message, and `current_node`, the end of the branch that was open.
 */
export function readChatGpt(value: unknown, omissions: Omissions): ForeignChat {
  const chat = fieldsOf(value);
  const nodes = Object.entries(fieldsOf(chat["mapping"])).map(
    ([key, node]) => [key, fieldsOf(node)] as const,
  );
  return {
    id: textOf(chat["conversation_id"]) || textOf(chat["id"]),
    title: textOf(chat["title"]),
    createdAt: momentOf(chat["create_time"]),
    updatedAt: momentOf(chat["update_time"]),
    facts: {
      ...(chat["is_archived"] === true && { isArchived: true }),
      ...((chat["is_starred"] === true || momentOf(chat["pinned_time"]) > 0) && { isPinned: true }),
    },
    messages: inOrder(
      nodes,
      ([key]) => key,
      ([, node]) => node["children"],
    ).map(([key, node]) => readNode(key, node, omissions)),
    shownId: textOf(chat["current_node"]) || null,
  };
}

function readNode(key: string, node: Fields, omissions: Omissions): ForeignMessage {
  const parentId = idOf(node["parent"]) || null;
  const hidden = { ...emptyMessage, id: key, parentId };
  if (!isObject(node["message"])) return hidden;
  const message = fieldsOf(node["message"]);
  const content = fieldsOf(message["content"]);
  const metadata = fieldsOf(message["metadata"]);
  const role = textOf(fieldsOf(message["author"])["role"]);
  const kind = textOf(content["content_type"]);
  const isInstruction =
    role === "system" || kind === "user_editable_context" || kind === "model_editable_context";
  if (isInstruction || metadata["is_visually_hidden_from_conversation"] === true) {
    if (saysSomething(content)) omissions.add("instructions");
    return hidden;
  }
  if (message["weight"] === 0) {
    if (saysSomething(content)) omissions.add("deleted");
    return hidden;
  }
  const isQuestion = role === "user";
  const part = partOf(kind, content, metadata, isQuestion, omissions);
  // To a tool, from a tool, or on a channel of its own: it led to the answer, and is none itself.
  const isStep =
    role === "tool" ||
    (message["recipient"] !== undefined && message["recipient"] !== "all") ||
    (isString(message["channel"]) && message["channel"] !== "final");
  // A picture that a tool drew is what was asked for.
  const isThought =
    part.isThought || (isStep && !isQuestion && !(role === "tool" && kind === "multimodal_text"));
  const seconds = metadata["finished_duration_sec"];
  const isEmpty = part.text.trim() === "" && typeof seconds !== "number" && !isQuestion;
  return {
    ...hidden,
    role: isEmpty ? "none" : isQuestion ? "user" : "assistant",
    createdAt: momentOf(message["create_time"]),
    text: isThought ? "" : part.text,
    thoughts: isThought ? part.text : "",
    modelName: textOf(metadata["model_slug"]) || null,
    ...(kind === "reasoning_recap" &&
      typeof seconds === "number" &&
      seconds > 0 && { thinkingMs: Math.round(seconds * 1000) }),
    ...(message["status"] === "in_progress" && { isUnfinished: true }),
  };
}

interface Part {
  readonly text: string;
  readonly isThought: boolean;
}

function partOf(
  kind: string,
  content: Fields,
  metadata: Fields,
  isQuestion: boolean,
  omissions: Omissions,
): Part {
  const said = (text: string): Part => ({ text, isThought: false });
  const thought = (text: string): Part => ({ text, isThought: true });
  switch (kind) {
    case "text":
    case "multimodal_text": {
      const pieces = listOf(content["parts"]).map((piece) => pieceOf(piece, omissions));
      const files = listOf(metadata["attachments"]).filter((file) => !isPicture(fieldsOf(file)));
      if (isQuestion) omissions.add("file", files.length);
      const names = isQuestion ? files.map((file) => `[${textOf(fieldsOf(file)["name"]) || "file"}]`) : [];
      return said(paragraphs([...names, withoutMarkers(pieces.filter(Boolean).join("\n\n"), metadata)]));
    }
    case "code": {
      const language = textOf(content["language"]);
      const code = textOf(content["text"]) || pieces(content);
      return thought(code.trim() === "" ? "" : fenced(code, language === "unknown" ? "" : language));
    }
    case "execution_output": {
      const output = textOf(content["text"]);
      return thought(output.trim() === "" ? "" : fenced(output));
    }
    case "thoughts":
      if (isString(content["thoughts"])) return thought(content["thoughts"]);
      return thought(
        paragraphs(
          listOf(content["thoughts"]).map((one) => {
            const { summary, content: text } = fieldsOf(one);
            return paragraphs([isString(summary) && summary ? `**${summary}**` : "", textOf(text)]);
          }),
        ),
      );
    case "reasoning_recap":
      return thought(""); // "Thought for 8 s", in the language of the page: the seconds are kept
    case "tether_quote": {
      const { url, title, text } = content;
      const source = [textOf(title), textOf(url)].filter(Boolean).join(" — ");
      return thought(paragraphs([source, quoted(textOf(text))]));
    }
    case "tether_browsing_display":
      return thought(quoted(textOf(content["result"]) || textOf(content["summary"])));
    case "system_error":
      return thought(paragraphs([textOf(content["name"]), textOf(content["text"])]));
    default: {
      const text = pieces(content) || textOf(content["text"]) || textOf(content["result"]);
      if (text.trim() === "") omissions.add("unknown");
      return isQuestion ? said(text) : thought(text);
    }
  }
}

const pieces = (content: Fields) => listOf(content["parts"]).filter(isString).join("\n\n");
const quoted = (text: string) => (text.trim() === "" ? "" : text.replace(/^/gm, "> "));

const isPicture = (file: Fields) => textOf(file["mime_type"] ?? file["mimeType"]).startsWith("image/");

function pieceOf(piece: unknown, omissions: Omissions): string {
  if (isString(piece)) return piece;
  const fields = fieldsOf(piece);
  const kind = textOf(fields["content_type"]);
  if (isString(fields["text"])) return fields["text"]; // what was said aloud, written down
  if (kind.includes("image")) {
    omissions.add("image");
    return PICTURE;
  }
  if (/audio|video/.test(kind)) {
    omissions.add("audio");
    return "";
  }
  omissions.add("unknown");
  return "";
}

/**
 * Marks of sources are private characters, or once were "【3†source】"; where the file says what they stand
 * for, that takes their place.
 */
function withoutMarkers(text: string, metadata: Fields): string {
  let clean = withLinks(text, metadata);
  if (/[\ue200-\ue206]/.test(clean))
    for (const reference of listOf(metadata["content_references"]).slice(0, 500)) {
      const { matched_text: mark, alt } = fieldsOf(reference);
      if (isString(mark) && mark.startsWith("\ue200") && isString(alt))
        clean = clean.replaceAll(mark, () => alt);
    }
  return clean.replace(/ ?\ue200[^\ue200\ue201]*\ue201/g, "").replace(/[\ue200-\ue206]/g, "");
}

const oldMarks = /【\d{1,4}(?::\d{1,4})?†[^】\n]{0,200}】/g;

/** The old marks as links to their sources, in the order of the text, or gone where there is no address. */
function withLinks(text: string, metadata: Fields): string {
  if (!text.includes("†")) return text;
  const sources = new Map<number, Fields>();
  for (const citation of listOf(metadata["citations"]).slice(0, 500)) {
    const { start_ix: start, metadata: source } = fieldsOf(citation);
    if (typeof start === "number") sources.set(start, fieldsOf(source));
  }
  return text.replace(oldMarks, (_, at: number) => {
    const { url, title } = sources.get(at) ?? {};
    if (!isString(url) || !/^https?:\/\/[^\s()<>]{1,2000}$/.test(url)) return "";
    const name = textOf(title)
      .replace(/[[\]\\\n<>`]/g, " ")
      .trim();
    return ` ([${name || "source"}](${url}))`;
  });
}

/** Returns whether a message would show something, were it not hidden. */
const saysSomething = (content: Fields): boolean =>
  pieces(content).trim() !== "" ||
  ["text", "user_profile", "user_instructions", "model_set_context"].some(
    (name) => textOf(content[name]).trim() !== "",
  );
