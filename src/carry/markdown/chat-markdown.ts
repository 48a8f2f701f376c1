import { counted } from "../../ground/figures";
import type { AnswerMessage, Conversation, Message, UserMessage } from "../../storage/chats/conversations";
import { shownPath } from "../../storage/chats/message-tree";

/** A moment as people write it, without the letters of a machine: 2026-11-30 14:05. */
function dayAndTime(moment: number): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/**
 * Writes the branch of a chat that is shown as Markdown: questions, answers, thoughts folded, formulas and
 * code as their sources, and where quotations stand in the documents.
 */
export function chatMarkdown({ title, createdAt, messages, tree }: Conversation): string {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const shown = shownPath(tree).flatMap((id) => byId.get(id) ?? []);
  const nOthers = messages.length - shown.length;
  const names = new Map(
    messages.flatMap((message) =>
      message.role === "user" ? (message.documents ?? []).map(({ id, name }) => [id, name] as const) : [],
    ),
  );
  const facts = [
    dayAndTime(createdAt),
    nOthers > 0 && `${counted(nOthers, "message")} of other branches are not shown`,
  ];
  return [
    `# ${oneLine(title)}`,
    facts.filter(Boolean).join(" · "),
    ...shown.flatMap((message) => messageMarkdown(message, names)),
  ]
    .filter((block) => block !== "")
    .join("\n\n")
    .concat("\n");
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

const messageMarkdown = (message: Message, names: ReadonlyMap<string, string>): readonly string[] =>
  message.role === "user" ? questionMarkdown(message) : answerMarkdown(message, names);

function questionMarkdown({ text, documents = [] }: UserMessage): readonly string[] {
  const list = documents.map(
    ({ name, range }) => `- ${oneLine(name)}${range ? ` (${oneLine(range.label)})` : ""}`,
  );
  return [
    "---",
    "## Question",
    ...(list.length > 0 ? [`Documents:\n\n${list.join("\n")}`] : []),
    closed(text),
  ];
}

function answerMarkdown(answer: AnswerMessage, names: ReadonlyMap<string, string>): readonly string[] {
  const { text, reasoning, modelName, state, isByHand = false, quotations = [] } = answer;
  const heading = modelName === null ? "## Answer" : `## Answer of ${oneLine(modelName)}`;
  const found = quotations.flatMap(({ text: quoted, found: place }) =>
    place
      ? `- “${oneLine(quoted)}”: ${oneLine(names.get(place.documentId) ?? "a document")}, ${place.unit} ${place.number}`
      : [],
  );
  return [
    isByHand ? `${heading} (edited by hand)` : heading,
    ...(reasoning.trim() === "" ? [] : [folded(reasoning)]),
    closed(text),
    ...(found.length > 0 ? [`Sources:\n\n${found.join("\n")}`] : []),
    ...endingOf(state),
  ];
}

function endingOf(state: AnswerMessage["state"]): readonly string[] {
  if (state.kind === "failed") return [`*The answer failed: ${oneLine(state.error.message)}*`];
  if (state.kind !== "done") return ["*The answer was interrupted.*"];
  return state.finish === "stop" ? [] : ["*The answer was cut off.*"];
}

/**
 * Thoughts behind a line that unfolds them, in programs that know it. A tag in them does not end the block.
 */
const folded = (thoughts: string) =>
  `<details>\n<summary>Thoughts</summary>\n\n${closed(thoughts.replace(/<(?=\/?(?:details|summary)\b)/gi, "&lt;"))}\n\n</details>`;

/** The text with its last fence closed, which would take in all that follows. */
function closed(text: string): string {
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark === undefined) continue;
    if (fence === null) fence = mark;
    else if (mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark) fence = null;
  }
  const trimmed = text.trimEnd();
  return fence === null ? trimmed : `${trimmed}\n${fence}`;
}
