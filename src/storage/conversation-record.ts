import type { AnswerFigures, AnswerMessage, Message } from "./conversations";
import { allIds, linearTree, ROOT, type MessageTree } from "./message-tree";

/** What of a stored conversation can still be told, whatever happened to its record. */
export interface ReadRecord {
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly messages: readonly Message[];
  readonly tree: MessageTree;
  /** Nothing of it was missing or of another kind than it should be. */
  readonly isWhole: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const text = (value: unknown) => (typeof value === "string" ? value : "");
const time = (value: unknown) => (Number.isFinite(value) ? (value as number) : 0);

/**
 * A record as it lies in the database. What is damaged in it is left out or shown as far as it goes, so that one message takes neither its
 * chat nor the page with it; messages whose order is lost stand one after another.
 */
export function readRecord(record: unknown): ReadRecord {
  const { title, createdAt, updatedAt, messages: stored, tree: storedTree } = isFields(record) ? record : {};
  const list: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const seen = new Set<string>([ROOT]);
  const messages = list
    .flatMap((message) => readMessage(message) ?? [])
    .filter(({ id }) => !(id in {}) && !seen.has(id) && seen.add(id)); // a second one of an id would follow itself
  const ids = messages.map(({ id }) => id);
  // Conversations stored before there were branches have no tree.
  const hasTree = isTreeOf(storedTree, ids);
  return {
    title: text(title) || "Damaged chat",
    createdAt: time(createdAt),
    updatedAt: time(updatedAt),
    messages,
    tree: hasTree ? storedTree : linearTree(ids),
    isWhole:
      Array.isArray(stored) &&
      messages.every((message, i) => message === list[i]) &&
      messages.length === list.length &&
      (hasTree || storedTree === undefined),
  };
}

function readMessage(stored: unknown): Message | null {
  if (!isFields(stored) || typeof stored["id"] !== "string") return null;
  if (stored["role"] === "user") {
    const isWhole = typeof stored["text"] === "string" && isListOrNone(stored["documents"]);
    const { documents: _, ...rest } = stored;
    return (isWhole
      ? stored
      : { ...rest, text: text(stored["text"]), createdAt: time(stored["createdAt"]) }) as unknown as Message;
  }
  if (stored["role"] !== "assistant") return null;
  const { state, figures } = stored;
  const hasState = isState(state);
  const hasFigures = figures === null || isFigures(figures);
  const isWhole =
    typeof stored["text"] === "string" && typeof stored["reasoning"] === "string" && hasState && hasFigures;
  if (isWhole) return stored as unknown as AnswerMessage;
  const answer: AnswerMessage = {
    id: stored["id"],
    role: "assistant",
    createdAt: time(stored["createdAt"]),
    text: text(stored["text"]),
    reasoning: text(stored["reasoning"]),
    modelName: text(stored["modelName"]) || null,
    state: hasState ? (state as AnswerMessage["state"]) : { kind: "interrupted" },
    figures: hasFigures ? figures : null,
  };
  return answer;
}

const isState = (value: unknown): boolean =>
  isFields(value) &&
  (value["kind"] === "failed"
    ? isFields(value["error"]) && typeof value["error"]["message"] === "string"
    : ["streaming", "done", "interrupted"].includes(text(value["kind"])));

const isListOrNone = (value: unknown) =>
  value === undefined || (Array.isArray(value) && value.every(isFields));

const numbers = [
  "promptTokens",
  "reusedTokens",
  "generatedTokens",
  "contextUsed",
  "contextLength",
  "prefillMs",
  "decodeMs",
] as const satisfies readonly (keyof AnswerFigures)[];

const isFigures = (value: unknown): value is AnswerFigures =>
  isFields(value) && numbers.every((name) => Number.isFinite(value[name]));

/** Whether it orders these messages: each once under one of them or the root, and the path that is shown ends. */
function isTreeOf(value: unknown, ids: readonly string[]): value is MessageTree {
  if (!isFields(value)) return false;
  const { children, shown } = value;
  if (!isFields(children) || !isFields(shown)) return false;
  const parents = new Set([ROOT, ...ids]);
  const isSound = Object.entries(children).every(
    ([parent, below]) => parents.has(parent) && Array.isArray(below) && below.includes(shown[parent]),
  );
  if (!isSound || Object.keys(shown).some((parent) => !(parent in children))) return false;
  const placed = allIds({ children, shown } as MessageTree);
  if (
    placed.length !== ids.length ||
    new Set(placed).size !== ids.length ||
    !placed.every((id) => parents.has(id))
  )
    return false;
  // Every message is reached from the root: with each in one place only, none is in a circle then.
  const reached = new Set<string>();
  const walk = [ROOT];
  for (let at = walk.pop(); at !== undefined; at = walk.pop())
    for (const child of (children[at] as readonly string[] | undefined) ?? []) {
      if (reached.has(child)) return false;
      reached.add(child);
      walk.push(child);
    }
  return reached.size === ids.length;
}
