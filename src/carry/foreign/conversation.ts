import { sha256Hex } from "../../storage/models/sha256";
import { counted } from "../../ground/figures";
import type { AnswerMessage, Conversation, Message } from "../../storage/chats/conversations";
import { renamed } from "../../storage/chats/message-tree";
import type { DocumentText } from "../../storage/documents";
import type { ReadChat, Source } from "../chats";
import { whyTooLarge } from "../limits";
import { paragraphs } from "./fields";
import { documentsOf, type ForeignChat, type ForeignMessage } from "./foreign-chat";
import { turnsOf, type Turn } from "./turns";
import { t, type Sentence } from "../../language/language";

const LONGEST_TITLE = 200;

/** Makes a chat of this app of another program's. The same chat has the same ids each time. */
export async function toConversation(source: Source, foreign: ForeignChat): Promise<ReadChat> {
  const title = titleOf(foreign);
  const refuse = (reason: Sentence): ReadChat => ({ kind: "refused", refused: { title, reason } });
  const visible = foreign.messages.filter(({ role }) => role !== "none");
  if (visible.length === 0) return refuse(t("It has no message to show."));
  const nCharacters = visible.reduce((sum, { text, thoughts }) => sum + text.length + thoughts.length, 0);
  const tooLarge = whyTooLarge(visible.length, nCharacters);
  if (tooLarge !== null) return refuse(tooLarge);
  const { turns, tree, isTangled } = turnsOf(foreign);
  if (isTangled) return refuse(t("Its answers branch at so many places that they can not be told apart."));
  if (turns.length === 0)
    return refuse(
      t("Its {messages} follow each other in a circle.", { messages: counted(visible.length, "message") }),
    );
  const nJoined = turns.reduce((sum, { steps }) => sum + textLength(steps), 0);
  const grown = whyTooLarge(turns.length, nJoined);
  if (grown !== null) return refuse(grown);

  const id = await chatId(source, foreign);
  const idOf = (messageId: string) => `${id}:${messageId.slice(0, 200)}`;
  const known = visible.map(({ createdAt }) => createdAt).filter((moment) => moment > 0);
  const createdAt = foreign.createdAt || known[0] || foreign.updatedAt || Date.now();
  const documents = new Map<string, DocumentText>();
  const messages: Message[] = [];
  for (const turn of turns) {
    const base = {
      id: idOf(turn.id),
      createdAt: turn.steps.find((step) => step.createdAt)?.createdAt ?? createdAt,
    };
    if (turn.role === "assistant") messages.push({ ...base, ...answerOf(turn) });
    else {
      const { texts, listed } = await documentsOf(turn.steps[0]!.documents ?? []);
      for (const text of texts) documents.set(text.id, text);
      const has = listed.length > 0 && { documents: listed };
      messages.push({ ...base, role: "user", text: turn.steps[0]!.text, ...has });
    }
  }
  const conversation: Conversation = {
    id,
    title,
    // It has a name already, which the model is not to change.
    titledBy: "person",
    ...foreign.facts,
    createdAt,
    updatedAt: foreign.updatedAt || Math.max(createdAt, ...known.slice(-1)),
    messages,
    tree: renamed(tree, idOf),
  };
  return { kind: "read", chat: { conversation, documents: [...documents.values()] } };
}

const textLength = (steps: readonly ForeignMessage[]) =>
  steps.reduce((sum, { text, thoughts }) => sum + text.length + thoughts.length, 0);

function answerOf({ steps }: Turn): Omit<AnswerMessage, "id" | "createdAt"> {
  const last = steps.at(-1)!;
  const figures = steps.findLast((step) => step.figures)?.figures ?? null;
  const thinkingMs = steps.reduce((sum, step) => sum + (step.thinkingMs ?? 0), 0);
  const firstTokenMs = steps.find((step) => step.firstTokenMs !== undefined)?.firstTokenMs;
  return {
    role: "assistant",
    text: paragraphs(steps.map(({ text }) => text)),
    reasoning: paragraphs(steps.map(({ thoughts }) => thoughts)),
    modelName: steps.findLast(({ modelName }) => modelName !== null)?.modelName ?? null,
    state: last.isUnfinished ? { kind: "interrupted" } : { kind: "done", finish: "stop" },
    figures,
    ...(thinkingMs > 0 && { thinkingMs }),
    ...(firstTokenMs !== undefined && { firstTokenMs }),
  };
}

function titleOf({ title, messages }: ForeignChat): string {
  const first = messages.find(({ role, text }) => role === "user" && text.trim() !== "");
  const written = title.trim() || (first?.text.trim().split("\n")[0] ?? "");
  const line = written.replace(/\s+/g, " ").toWellFormed();
  return line === ""
    ? "Untitled chat"
    : line.length <= LONGEST_TITLE
      ? line
      : `${line.slice(0, LONGEST_TITLE).toWellFormed()}…`;
}

/** An id that an address can hold, and that two programs' chats do not share. */
async function chatId(source: Source, { id, messages }: ForeignChat): Promise<string> {
  if (/^[\w-]{8,48}$/.test(id)) return `${source}-${id}`;
  const written = id || JSON.stringify(messages.map((message) => [message.id, message.role, message.text]));
  const hex = await sha256Hex(new TextEncoder().encode(written));
  return `${source}-${hex.slice(0, 40)}`;
}
