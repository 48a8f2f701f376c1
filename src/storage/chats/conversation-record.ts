import { finishReasons } from "../../ground/answer";
import { isAnswerSettings } from "../../ground/answer-settings";
import { isOneOf, isListOf, isNumber, isObject, isString } from "../../ground/record-checks";
import type {
  AnswerFigures,
  AnswerMessage,
  AnswerState,
  ChatFacts,
  Message,
  UserMessage,
} from "./conversations";
import { allIds, linearTree, ROOT, type MessageTree } from "./message-tree";

/** The part of a stored conversation that can still be told, whatever happened to its record. */
export interface ReadRecord {
  readonly facts: ChatFacts;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly messages: readonly Message[];
  readonly tree: MessageTree;
  /** Nothing of it was missing or of another kind than it should be. */
  readonly isWhole: boolean;
}

const text = (value: unknown) => (isString(value) ? value : "");
const time = (value: unknown) => (isNumber(value) ? value : 0);

/**
 * A record as it lies in the database. What is damaged in it is left out or shown as far as it goes, so that
 * one message takes neither its chat nor the page with it; messages whose order is lost stand one after
 * another.
 */
export function readRecord(record: unknown): ReadRecord {
  const fields = isObject(record) ? record : {};
  const { createdAt, updatedAt, messages: stored, tree: storedTree } = fields;
  const list: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const seen = new Set<string>([ROOT]);
  const messages = list
    .flatMap((message) => readMessage(message) ?? [])
    // a second one of an id would follow itself
    .filter(({ id }) => !(id in {}) && !seen.has(id) && seen.add(id));
  const ids = messages.map(({ id }) => id);
  // Conversations stored before there were branches have no tree.
  const hasTree = isTreeOf(storedTree, ids);
  return {
    facts: readFacts(fields),
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

type Check = (value: unknown) => boolean;
const isFlag: Check = (value) => typeof value === "boolean";

/** Checks of the facts that a chat may lack. */
const optionalFacts: Readonly<Record<Exclude<keyof ChatFacts, "title">, Check>> = {
  titledBy: (value) => isOneOf(value, ["person", "model"]),
  isPinned: isFlag,
  isArchived: isFlag,
  folder: (value) => value === null || isString(value),
  preset: (value) => value === null || (isObject(value) && isString(value["id"]) && isString(value["name"])),
  answers: isAnswerSettings,
};

const soundFacts = (fields: Readonly<Record<string, unknown>>) =>
  Object.entries(optionalFacts).filter(([name, check]) => fields[name] !== undefined && check(fields[name]));

/** A fact that is of another kind than it should be is left out. */
const readFacts = (fields: Readonly<Record<string, unknown>>): ChatFacts => ({
  title: text(fields["title"]) || "Damaged chat",
  ...Object.fromEntries(soundFacts(fields).map(([name]) => [name, fields[name]])),
});

/** Returns whether each fact that is there is of the kind that it should be. */
export const areFactsSound = (fields: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(optionalFacts).every(([name, check]) => fields[name] === undefined || check(fields[name]));

/** Checks of the fields that a message may lack. */
const optional: Readonly<Record<Message["role"], Readonly<Record<string, Check>>>> = {
  user: {
    documents: (value) => isListOf(value, isDocument),
    asksForQuotes: isFlag,
  },
  assistant: {
    drawnWith: (value) => isObject(value) && isObject(value["sampling"]),
    quotations: (value) =>
      isListOf(
        value,
        (one) => isObject(one) && isString(one["text"]) && (one["found"] === null || isPlace(one["found"])),
      ),
    leftOut: (value) => isListOf(value, isString),
    leftOutTokens: isNumber,
    thinkingMs: isNumber,
    firstTokenMs: isNumber,
    isByHand: isFlag,
    overflow: (value) => isObject(value) && isNumber(value["turns"]) && isNumber(value["tokens"]),
  },
};

const isPlace = (value: unknown): boolean =>
  isObject(value) && (value["differences"] === undefined || isListOf(value["differences"], isObject));

function isDocument(value: unknown): boolean {
  if (!isObject(value) || !isString(value["id"]) || !isString(value["name"])) return false;
  const { range } = value;
  return range === null || (isObject(range) && isNumber(range["start"]) && isNumber(range["end"]));
}

/** The message itself where it is whole, else what of it is; `null` for what is none. */
function readMessage(stored: unknown): Message | null {
  if (!isObject(stored) || !isString(stored["id"])) return null;
  const { id, role } = stored;
  if (role !== "user" && role !== "assistant") return null;
  const extras = Object.entries(optional[role]).filter(([name]) => stored[name] !== undefined);
  const sound = extras.filter(([name, check]) => check(stored[name]));
  const base = {
    id,
    createdAt: time(stored["createdAt"]),
    text: text(stored["text"]),
    ...Object.fromEntries(sound.map(([name]) => [name, stored[name]])),
  };
  const isWhole = sound.length === extras.length && isString(stored["text"]);
  if (role === "user") return isWhole ? (stored as unknown as UserMessage) : { ...base, role };
  const { state, figures, reasoning } = stored;
  const hasFigures = figures === null || isFigures(figures);
  if (isWhole && isString(reasoning) && isState(state) && hasFigures)
    return stored as unknown as AnswerMessage;
  return {
    ...base,
    role,
    reasoning: text(reasoning),
    modelName: text(stored["modelName"]) || null,
    state: isState(state) ? state : { kind: "interrupted" },
    figures: hasFigures ? figures : null,
  };
}

function isState(value: unknown): value is AnswerState {
  if (!isObject(value)) return false;
  const { kind, error, finish } = value;
  if (kind === "failed") return isObject(error) && isString(error["message"]);
  if (kind === "done") return isOneOf(finish, finishReasons);
  return kind === "streaming" || kind === "interrupted";
}

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
  isObject(value) && numbers.every((name) => isNumber(value[name]));

/**
 * Returns whether `value` orders these messages: each once under one of them or the root, and the path that
 * is shown ends.
 */
function isTreeOf(value: unknown, ids: readonly string[]): value is MessageTree {
  if (!isObject(value)) return false;
  const { children, shown } = value;
  if (!isObject(children) || !isObject(shown)) return false;
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
