import { create } from "zustand";
import {
  ConversationStorage,
  type AnswerMessage,
  type Conversation,
  type ConversationSummary,
  type Message,
} from "../storage/conversations";
import {
  addChild,
  allIds,
  emptyTree,
  hasChildren,
  pathTo,
  removeLeaf,
  ROOT,
  showVersion,
  shownPath,
  type MessageTree,
} from "../storage/message-tree";
import { DocumentStorage } from "../storage/documents";
import { notify } from "./notices";
import { createSaver } from "./saver";
import { isBeingAnswered, tellTabs, untilAnswered } from "./tab-news";
import type { Progress } from "./stream";
import { asWireError } from "./wire-error";

export type {
  AnswerFigures,
  AnswerMessage,
  AnswerState,
  ConversationSummary,
  FoundQuotation,
  Overflow,
  UserMessage,
} from "../storage/conversations";

/** The answer being made, if one is; there is one engine, so at most one. */
export type Generation =
  | { readonly phase: "none" }
  | {
      readonly phase: "running";
      readonly conversationId: string;
      readonly messageId: string;
      readonly progress: Progress;
    };

interface Chat {
  /** Every stored conversation, the one changed last first. */
  readonly summaries: readonly ConversationSummary[];
  /** `null`: a new chat, which is stored with its first message. */
  readonly openId: string | null;
  /** Ids of the messages shown of each conversation that was opened since the page was: one path through its tree. */
  readonly threads: Readonly<Record<string, readonly string[]>>;
  readonly trees: Readonly<Record<string, MessageTree>>;
  readonly messages: Readonly<Record<string, Message>>;
  readonly generation: Generation;
}

export const useChat = create<Chat>(() => ({
  summaries: [],
  openId: null,
  threads: {},
  trees: {},
  messages: {},
  generation: { phase: "none" },
}));

const storage = new ConversationStorage();

// Half a second of an answer is what a killed page may lose.
const saver = createSaver(
  async (id) => {
    const conversation = conversationOf(id) ?? (await renamedConversation(id));
    if (!conversation) return;
    await storage.write(conversation);
    tellTabs({ kind: "saved", id });
  },
  500,
  (cause) => {
    const { message, hint } = asWireError(cause);
    notify(`${message} ${hint}`, { tone: "warning", stays: true });
  },
);

const dayMs = 24 * 60 * 60 * 1000;

export async function readConversations(): Promise<void> {
  addEventListener("pagehide", () => void saver.flush());
  document.addEventListener("visibilitychange", () => void saver.flush());
  try {
    const summaries = await storage.list();
    useChat.setState({ summaries });
    if (summaries.some(({ isDamaged }) => isDamaged)) return; // which texts it has is not known
    const used = new Set(summaries.flatMap(({ documentIds = [] }) => documentIds));
    // Texts that only a deleted chat had; one of today may be about to be sent by another tab.
    await new DocumentStorage().removeUnused(used, Date.now() - dayMs);
  } catch (cause) {
    const { message, hint } = asWireError(cause);
    notify(`${message} ${hint}`, { tone: "warning", stays: true });
  }
}

export function newChat(): void {
  useChat.setState({ openId: null });
}

export async function openChat(id: string): Promise<void> {
  if (!useChat.getState().threads[id]) {
    try {
      const conversation = await storage.read(id, await isBeingAnswered(id));
      if (!conversation) throw new Error("The chat is no longer stored; another tab may have deleted it.");
      // Two clicks may both have read it; what the first put there may have changed since.
      if (!useChat.getState().threads[id]) putThread(conversation);
    } catch (cause) {
      notify(asWireError(cause).message, { tone: "warning" });
      return;
    }
  }
  useChat.setState({ openId: id });
  void followAnswer(id);
}

/** Takes up what another tab stored of a chat. What is not stored yet here, or being written, stays: it is told to others in its turn. */
export async function refreshChat(id: string): Promise<void> {
  const isOwn = () => {
    const { generation } = useChat.getState();
    return saver.isWaiting(id) || (generation.phase === "running" && generation.conversationId === id);
  };
  if (isOwn()) return;
  const isOpened = useChat.getState().threads[id] !== undefined;
  const [stored, conversation] = await Promise.all([
    storage.list(),
    isOpened ? storage.read(id, await isBeingAnswered(id)) : undefined,
  ]);
  useChat.setState((s) => {
    const ids = new Set(stored.map((c) => c.id));
    const unstored = s.summaries.filter((c) => !ids.has(c.id) && saver.isWaiting(c.id));
    return { summaries: byLastChange([...unstored, ...stored]) };
  });
  if (conversation && !isOwn()) putThread(conversation);
  void followAnswer(id);
}

const followed = new Set<string>();

/** An answer that another tab is writing here ends with that tab's news, or without any when the tab is gone. */
async function followAnswer(id: string): Promise<void> {
  const { generation, messages, threads } = useChat.getState();
  if (followed.has(id) || (generation.phase === "running" && generation.conversationId === id)) return;
  const last = messages[threads[id]?.at(-1) ?? ""];
  if (last?.role !== "assistant" || last.state.kind !== "streaming") return;
  followed.add(id);
  await untilAnswered(id).catch(() => undefined);
  followed.delete(id);
  await refreshChat(id);
}

let draftId: string | null = null;

/** The id that the next new chat will have: what is read for it before it begins is saved as its own. */
export function draftChatId(): string {
  draftId ??= crypto.randomUUID(); // not while this module is set up: a page over plain http has none, and has to say so
  return draftId;
}

/** Makes an empty conversation, opens it, and gives its id. */
export function startConversation(title: string): string {
  const now = Date.now();
  const id = draftChatId();
  draftId = null;
  useChat.setState((s) => ({
    summaries: [{ id, title, createdAt: now, updatedAt: now }, ...s.summaries],
    ...withTree(s, id, emptyTree),
    openId: id,
  }));
  return id;
}

export function renameChat(id: string, title: string): void {
  useChat.setState((s) => ({ summaries: s.summaries.map((c) => (c.id === id ? { ...c, title } : c)) }));
  void save(id);
}

/** Deletes a conversation, and offers for a while to take that back. */
export async function deleteChat(id: string): Promise<void> {
  let conversation: Conversation | undefined;
  try {
    await saver.forget(id);
    conversation = conversationOf(id) ?? (await storage.read(id));
    dropChat(id);
    await storage.remove(id);
    tellTabs({ kind: "removed", id });
    if (!conversation) return;
    const { title } = conversation;
    const restored = conversation;
    notify(`Deleted “${title}”.`, { action: { label: "Undo", run: () => restoreChat(restored) } });
  } catch (cause) {
    if (conversation) putBack(conversation); // it is still stored
    notify(asWireError(cause).message, { tone: "warning" });
  }
}

/** Takes a conversation off the page; what is stored stays. */
export function dropChat(id: string): void {
  void saver.forget(id);
  useChat.setState((s) => {
    const { [id]: _thread, ...threads } = s.threads;
    const { [id]: _tree, ...trees } = s.trees;
    const openId = s.openId === id ? null : s.openId;
    return { threads, trees, openId, summaries: s.summaries.filter((c) => c.id !== id) };
  });
}

function restoreChat(conversation: Conversation): void {
  putBack(conversation);
  useChat.setState({ openId: conversation.id });
  void saver.flush(conversation.id);
}

function putBack(conversation: Conversation): void {
  putThread(conversation);
  const { messages: _messages, tree: _tree, ...summary } = conversation;
  useChat.setState((s) => ({ summaries: byLastChange([summary, ...s.summaries]) }));
}

/** Adds a message behind the last one shown. */
export function appendMessage(conversationId: string, message: Message): void {
  addMessage(conversationId, message, useChat.getState().threads[conversationId]?.at(-1) ?? null);
}

/** Adds a message behind `parentId`, `null` for a first one, beside those that follow it already, and shows it. */
export function addMessage(conversationId: string, message: Message, parentId: string | null): void {
  useChat.setState((s) => ({
    messages: { ...s.messages, [message.id]: message },
    ...withTree(s, conversationId, addChild(treeOf(s, conversationId), parentId ?? ROOT, message.id)),
  }));
  touch(conversationId);
}

/** Removes a message that nothing follows; one that is followed stays. */
export function removeMessage(conversationId: string, messageId: string): void {
  if (hasChildren(treeOf(useChat.getState(), conversationId), messageId)) return;
  useChat.setState((s) => {
    const { [messageId]: _, ...messages } = s.messages;
    return { messages, ...withTree(s, conversationId, removeLeaf(treeOf(s, conversationId), messageId)) };
  });
  touch(conversationId);
}

/** Shows another version of a message, with what follows that one. */
export function openVersion(conversationId: string, messageId: string): void {
  useChat.setState((s) => withTree(s, conversationId, showVersion(treeOf(s, conversationId), messageId)));
  saver.request(conversationId);
}

/** Changes an answer, if its chat is still there, and has it stored within half a second. */
export function changeAnswer(
  conversationId: string,
  messageId: string,
  change: (message: AnswerMessage) => AnswerMessage,
): void {
  const { messages, threads } = useChat.getState();
  const message = messages[messageId];
  if (!threads[conversationId] || message?.role !== "assistant") return;
  const changed = change(message);
  if (changed === message) return;
  useChat.setState({ messages: { ...messages, [messageId]: changed } });
  saver.request(conversationId);
}

/** Stores the conversation as it is now; a failure is told by a notice. */
export const save = (id: string): Promise<void> => saver.flush(id);

/** The messages shown. */
export function messagesOf(conversationId: string): readonly Message[] {
  return byId(useChat.getState().threads[conversationId] ?? []);
}

/** The messages before one of them, whether that is shown or not. */
export function messagesBefore(conversationId: string, messageId: string): readonly Message[] {
  return byId(pathTo(treeOf(useChat.getState(), conversationId), messageId));
}

function byId(ids: readonly string[]): readonly Message[] {
  const { messages } = useChat.getState();
  return ids.flatMap((id) => messages[id] ?? []);
}

const treeOf = (s: Pick<Chat, "trees">, conversationId: string): MessageTree =>
  s.trees[conversationId] ?? emptyTree;

const withTree = (s: Chat, id: string, tree: MessageTree): Pick<Chat, "trees" | "threads"> => ({
  trees: { ...s.trees, [id]: tree },
  threads: { ...s.threads, [id]: shownPath(tree) },
});

function conversationOf(id: string): Conversation | undefined {
  const summary = summaryOf(id);
  const tree = useChat.getState().trees[id];
  return summary && tree ? { ...summary, messages: byId(allIds(tree)), tree } : undefined;
}

/** A conversation that was not opened, with its summary as it is now. */
async function renamedConversation(id: string): Promise<Conversation | undefined> {
  const [stored, summary] = [await storage.read(id), summaryOf(id)];
  return stored && summary && { ...stored, ...summary };
}

function summaryOf(id: string): ConversationSummary | undefined {
  return useChat.getState().summaries.find((c) => c.id === id);
}

function putThread(conversation: Conversation): void {
  const messages = Object.fromEntries(conversation.messages.map((m) => [m.id, m]));
  useChat.setState((s) => ({
    messages: { ...s.messages, ...messages },
    ...withTree(s, conversation.id, conversation.tree),
  }));
}

function touch(id: string): void {
  useChat.setState((s) => ({
    summaries: byLastChange(s.summaries.map((c) => (c.id === id ? { ...c, updatedAt: Date.now() } : c))),
  }));
  saver.request(id);
}

const byLastChange = (summaries: readonly ConversationSummary[]) =>
  summaries.toSorted((a, b) => b.updatedAt - a.updatedAt);
