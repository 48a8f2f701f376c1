import { create } from "zustand";
export type { Quotation } from "../../../ground/document";
import {
  ConversationStorage,
  type AnswerMessage,
  type ChatFacts,
  type Conversation,
  type ConversationSummary,
  type Message,
} from "../../../storage/chats/conversations";
import {
  addChild,
  allIds,
  emptyTree,
  hasChildren,
  pathTo,
  idsBelow,
  mergeTrees,
  removeBranch,
  removeLeaf,
  ROOT,
  showPathTo,
  showVersion,
  shownPath,
  type MessageTree,
} from "../../../storage/chats/message-tree";
import { DocumentStorage } from "../../../storage/documents";
import { notify } from "../notices";
import { forgetNewChatAnswers, newChatAnswers } from "./new-chat-answers";
import { createSaver } from "./saver";
import { isAnsweredElsewhere, tellTabs, untilAnswered } from "./tab-news";
import type { Progress } from "./stream";
import { asWireError } from "../wire-error";
import { mark, t } from "../../../language/language";

export type {
  AnswerFigures,
  AnswerMessage,
  AnswerState,
  ChatFacts,
  ConversationSummary,
  Overflow,
  UserMessage,
} from "../../../storage/chats/conversations";

/** The answer being made, if one is; there is one engine, so at most one. */
export type Generation = { readonly phase: "none"; readonly last?: RunningAnswer } | RunningAnswer;

interface RunningAnswer {
  readonly phase: "running";
  readonly conversationId: string;
  readonly messageId: string;
  readonly progress: Progress;
}

interface Chat {
  /** Every stored conversation, the one changed last first. */
  readonly summaries: readonly ConversationSummary[];
  /** `null`: a new chat, which is stored with its first message. */
  readonly openId: string | null;
  /** A stored chat that is being read, to be opened. */
  readonly openingId: string | null;
  /**
   * Ids of the messages shown of each conversation that was opened since the page was: one path through its
   * tree.
   */
  readonly threads: Readonly<Record<string, readonly string[]>>;
  readonly trees: Readonly<Record<string, MessageTree>>;
  readonly messages: Readonly<Record<string, Message>>;
  readonly generation: Generation;
}

export const useChat = create<Chat>(() => ({
  summaries: [],
  openId: null,
  openingId: null,
  threads: {},
  trees: {},
  messages: {},
  generation: { phase: "none" },
}));

const storage = new ConversationStorage();

// Half a second of an answer is what a killed page may lose.
const saver = createSaver(
  async (id) => {
    const conversation = conversationOf(id);
    // A chat that another tab is writing is not written over: it is read again when that has ended.
    if (!conversation || (!isAnsweredHere(id) && (await isAnsweredElsewhere(id)))) return;
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
  forgetNewChatAnswers();
  useChat.setState({ openId: null, openingId: null });
}

export function setOpening(openingId: string | null): void {
  useChat.setState({ openingId });
}

/** Opens a stored chat, unless another one is asked for before it is read. @returns whether it is there */
export async function openChat(id: string): Promise<boolean> {
  setOpening(id);
  if (!useChat.getState().threads[id]) {
    try {
      const conversation = await storage.read(id, await isAnsweredElsewhere(id));
      if (!conversation) throw new Error("The chat is no longer stored; another tab may have deleted it.");
      // Two clicks may both have read it; what the first put there may have changed since.
      if (!useChat.getState().threads[id]) putThread(conversation);
    } catch (cause) {
      if (useChat.getState().openingId === id) setOpening(null);
      notify(asWireError(cause).message, { tone: "warning" });
      return false;
    }
  }
  if (useChat.getState().openingId !== id) return true;
  useChat.setState({ openId: id, openingId: null });
  void followAnswer(id);
  leaveOldest(id);
  return true;
}

/**
 * Chats that stay in memory, those opened last: a page that walks through a thousand must not hold them all.
 */
const mostOpened = 8;
let opened: readonly string[] = [];

function leaveOldest(openId: string): void {
  opened = [...opened.filter((id) => id !== openId), openId];
  const mayLeave = (id: string) => !saver.isWaiting(id) && !isAnsweredHere(id) && !followed.has(id);
  const left = opened.slice(0, -mostOpened).filter(mayLeave);
  opened = opened.filter((id) => !left.includes(id));
  for (const id of left) useChat.setState((s) => withoutThread(s, id));
}

/** Chats that were deleted, here or in another tab: what is still on its way of them is not taken up. */
const deleted = new Set<string>();

let refreshing: Promise<void> = Promise.resolve();

/**
 * Takes up what another tab stored of a chat, one after another. What is not stored yet here, or being
 * written, stays: it is told in its turn.
 */
export function refreshChat(id: string): Promise<void> {
  deleted.delete(id); // it is stored again: the deletion was taken back
  // the next news, or opening it, reads it again
  refreshing = refreshing.then(() => refreshNow(id)).catch(() => undefined);
  return refreshing;
}

async function refreshNow(id: string): Promise<void> {
  const isOwn = () => saver.isWaiting(id) || isAnsweredHere(id) || deleted.has(id);
  if (isOwn()) return;
  const conversation = await storage.read(id, await isAnsweredElsewhere(id));
  if (!conversation || isOwn()) return;
  const { messages: _messages, tree: _tree, ...summary } = conversation;
  useChat.setState((s) => ({
    summaries: byLastChange([summary, ...s.summaries.filter((c) => c.id !== id)]),
  }));
  if (useChat.getState().threads[id]) putThread(conversation);
  void followAnswer(id);
}

function isAnsweredHere(id: string): boolean {
  const { generation } = useChat.getState();
  return generation.phase === "running" && generation.conversationId === id;
}

const followed = new Set<string>();

/**
 * An answer that another tab is writing here ends with that tab's news, or without any when the tab is gone.
 */
async function followAnswer(id: string): Promise<void> {
  const { messages, threads } = useChat.getState();
  if (followed.has(id) || isAnsweredHere(id)) return;
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
  // not while this module is set up: a page over plain http has none, and has to say so
  draftId ??= crypto.randomUUID();
  return draftId;
}

/** Makes an empty conversation, opens it, and gives its id. */
export function startConversation(title: string): string {
  const now = Date.now();
  const id = draftChatId();
  draftId = null;
  const answers = newChatAnswers();
  forgetNewChatAnswers();
  useChat.setState((s) => ({
    summaries: [{ id, title, createdAt: now, updatedAt: now, ...answers }, ...s.summaries],
    ...withTree(s, id, emptyTree),
    openId: id,
    openingId: null,
  }));
  leaveOldest(id);
  return id;
}

/** A person gave the chat this title; the model gives it no other one then. */
export const renameChat = (id: string, title: string): void => changeChat(id, { title, titledBy: "person" });

/**
 * Changes facts of a chat, in what is stored too; a chat that is not stored yet has them with its first save.
 */
export function changeChat(id: string, facts: Partial<ChatFacts>): void {
  takeFacts(id, facts);
  // These alone, whatever another tab is writing.
  storage.changeFacts(id, facts).then(
    () => tellTabs({ kind: "changed", id, facts }),
    (cause: unknown) => notify(asWireError(cause).message, { tone: "warning" }),
  );
}

/** Puts a chat out of the way, or back, and offers for a while to take that back. */
export function archiveChat(id: string, isArchived: boolean): void {
  const summary = summaryOf(id);
  if (!summary) return;
  changeChat(id, { isArchived });
  const did = isArchived ? mark("Archived “{title}”.") : mark("Took out of the archive: “{title}”.");
  const run = () => changeChat(id, { isArchived: !isArchived });
  notify(t(did, { title: summary.title }), { action: { label: t("Undo"), run } });
}

/** Gives a folder another name, `null` for none: its chats then stand with the others. */
export function renameFolder(folder: string, name: string | null): void {
  for (const chat of useChat.getState().summaries)
    if (chat.folder === folder) changeChat(chat.id, { folder: name });
}

/** A chat has other facts, which are stored. */
export function takeFacts(id: string, facts: Partial<ChatFacts>): void {
  useChat.setState((s) => ({ summaries: s.summaries.map((c) => (c.id === id ? { ...c, ...facts } : c)) }));
}

/** Deletes a conversation, and offers for a while to take that back. */
export async function deleteChat(id: string): Promise<void> {
  const isUnsaved = saver.isWaiting(id);
  let conversation: Conversation | undefined;
  try {
    await saver.forget(id);
    conversation = conversationOf(id) ?? (await storage.read(id));
    dropChat(id);
    await storage.remove(id);
    tellTabs({ kind: "removed", id });
    if (!conversation) return;
    const restored = conversation;
    notify(t("Deleted “{title}”.", { title: restored.title }), {
      action: { label: t("Undo"), run: () => void addChat(restored) },
    });
  } catch (cause) {
    if (conversation) putBack(conversation); // it is still stored
    if (isUnsaved) saver.request(id);
    notify(asWireError(cause).message, { tone: "warning" });
  }
}

/** Another tab deleted it; a save of this one may have come after that. */
export async function dropDeletedChat(id: string): Promise<void> {
  dropChat(id);
  await saver.forget(id);
  try {
    if (!(await storage.read(id))) return;
    await storage.remove(id);
    tellTabs({ kind: "removed", id });
  } catch {
    // It stays stored, and comes back with the next start: no worse than a deletion that failed.
  }
}

/** Takes a conversation off the page; what is stored stays. */
function dropChat(id: string): void {
  deleted.add(id);
  useChat.setState((s) => ({
    ...withoutThread(s, id),
    openId: s.openId === id ? null : s.openId,
    summaries: s.summaries.filter((c) => c.id !== id),
  }));
}

function withoutThread(s: Chat, id: string): Pick<Chat, "threads" | "trees" | "messages"> {
  const { [id]: _thread, ...threads } = s.threads;
  const { [id]: tree, ...trees } = s.trees;
  const gone = new Set(tree && allIds(tree));
  const kept = Object.entries(s.messages).filter(([messageId]) => !gone.has(messageId));
  return { threads, trees, messages: Object.fromEntries(kept) };
}

function putBack(conversation: Conversation): void {
  deleted.delete(conversation.id);
  putThread(conversation);
  const { messages: _messages, tree: _tree, ...summary } = conversation;
  useChat.setState((s) => ({ summaries: byLastChange([summary, ...s.summaries]) }));
}

/** The whole of a chat, from memory or from storage. */
export const readChat = async (id: string): Promise<Conversation | undefined> =>
  conversationOf(id) ?? (await storage.read(id));

/** Adds a whole chat to the list, opens it, and stores it. */
export async function addChat(conversation: Conversation): Promise<void> {
  putBack(conversation);
  useChat.setState({ openId: conversation.id, openingId: null });
  leaveOldest(conversation.id);
  await saver.flush(conversation.id);
}

/** Adds a message behind the last one shown. */
export function appendMessage(conversationId: string, message: Message): void {
  addMessage(conversationId, message, useChat.getState().threads[conversationId]?.at(-1) ?? null);
}

/**
 * Adds a message behind `parentId`, `null` for a first one, beside those that follow it already, and shows
 * it.
 */
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

/**
 * Removes a message with all that follows it, and offers for a while to take that back.
 *
 * @param what  the message, as the notice names it
 */
export function removeMessages(conversationId: string, messageId: string, what: string): void {
  const before = useChat.getState();
  const tree = before.trees[conversationId];
  if (!tree) return;
  const gone = new Set(idsBelow(tree, messageId));
  const put = (changed: MessageTree, messages: Chat["messages"]) => {
    useChat.setState((s) => ({ messages, ...withTree(s, conversationId, changed) }));
    touch(conversationId);
  };
  const kept = Object.entries(before.messages).filter(([id]) => !gone.has(id));
  put(removeBranch(tree, messageId), Object.fromEntries(kept));
  const undo = () => {
    const now = useChat.getState();
    const treeNow = now.trees[conversationId];
    if (!treeNow) return; // the chat has left memory, or is gone
    const removed = Object.entries(before.messages).filter(([id]) => gone.has(id));
    const messages = { ...now.messages, ...Object.fromEntries(removed) };
    // What was said since stands behind what is there now, so that is kept beside what comes back.
    const merged = mergeTrees(tree, treeNow);
    if (allIds(merged).every((id) => id in messages)) put(merged, messages);
  };
  notify(t("Deleted {what}.", { what }), { action: { label: t("Undo"), run: undo } });
}

/** Shows another version of a message, with what follows that one. */
export function openVersion(conversationId: string, messageId: string): void {
  useChat.setState((s) => withTree(s, conversationId, showVersion(treeOf(s, conversationId), messageId)));
  saver.request(conversationId);
}

/** Shows a message, whichever versions of those before it have to be shown for that. */
export function showMessage(conversationId: string, messageId: string): void {
  useChat.setState((s) => withTree(s, conversationId, showPathTo(treeOf(s, conversationId), messageId)));
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

/** Stores every conversation that has changed. */
export const saveAll = (): Promise<void> => saver.flush();

/** Takes up the list as it is stored: these chats came in, here or in another tab. */
export async function relistChats(added: readonly string[]): Promise<void> {
  for (const id of added) deleted.delete(id);
  const stored = await storage.list();
  const known = new Set(stored.map(({ id }) => id));
  useChat.setState((s) => {
    // A new chat that is not stored yet stays.
    const unstored = s.summaries.filter(({ id }) => !known.has(id) && saver.isWaiting(id));
    return { summaries: byLastChange([...stored.filter(({ id }) => !deleted.has(id)), ...unstored]) };
  });
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
