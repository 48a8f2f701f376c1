import type { ChatFacts } from "../../../storage/chats/conversations";
import { answeringLock } from "../../../storage/chats/answering";
import { lockManager, refusesLocks } from "../../../storage/locks";

/** The news that tabs of this site tell each other of the chats they share in storage. */
export type ChatNews =
  | { readonly kind: "saved" | "removed"; readonly id: string }
  /** Chats came in; those that were there before stay as they are. */
  | { readonly kind: "listed"; readonly ids: readonly string[] }
  | { readonly kind: "changed"; readonly id: string; readonly facts: Partial<ChatFacts> };

let channel: BroadcastChannel | null = null;

/**
 * One for the page; none where there are no such channels (tests in Node have them, old browsers may not).
 */
function chatChannel(): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  return (channel ??= new BroadcastChannel("chats"));
}

export function tellTabs(news: ChatNews): void {
  chatChannel()?.postMessage(news);
}

/** Calls `take` with what other tabs tell; never with what this one does. */
export function hearTabs(take: (news: ChatNews) => void): void {
  const open = chatChannel();
  if (open) open.onmessage = ({ data }: MessageEvent<ChatNews>) => take(data);
}

/** The number of answers of each chat that this tab is writing; one that was stopped may still be ending. */
const own = new Map<string, number>();

/**
 * Says to all tabs that this one writes an answer of the chat. @returns a function that ends it; the page's
 * end does too
 */
export function markAnswering(chatId: string): () => void {
  const locks = lockManager();
  if (!locks) return () => undefined;
  const count = (change: number) => own.set(chatId, (own.get(chatId) ?? 0) + change);
  let end = () => undefined as void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const marked = locks.request(answeringLock(chatId), { mode: "shared" }, async () => {
    count(1);
    await ended;
    count(-1);
  });
  marked.catch(ignoreRefusal);
  return end;
}

/** Returns whether another tab writes an answer of the chat now. */
export async function isAnsweredElsewhere(chatId: string): Promise<boolean> {
  const { held = [] } = (await lockManager()?.query().catch(ignoreRefusal)) ?? {};
  return held.filter(({ name }) => name === answeringLock(chatId)).length > (own.get(chatId) ?? 0);
}

/** Resolves once no tab writes an answer of the chat: it has ended there, or the tab is gone. */
export async function untilAnswered(chatId: string): Promise<void> {
  await lockManager()
    ?.request(answeringLock(chatId), () => undefined)
    .catch(ignoreRefusal);
}

/** Takes a refused lock for none: where site data is blocked no other tab has the chat. */
function ignoreRefusal(cause: unknown): undefined {
  if (!refusesLocks(cause)) throw cause;
}
