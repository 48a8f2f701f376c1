import { create } from "zustand";

/**
 * A text that is to go into the message box, where its caret is; the box takes it, and it is `null` again.
 */
export const useInsertion = create<{ readonly text: string | null }>(() => ({ text: null }));

export const insertIntoDraft = (text: string): void => useInsertion.setState({ text });

export const insertionTaken = (): void => useInsertion.setState({ text: null });

const storageKey = "drafts";
/**
 * In characters. A longer one stays as long as the page: half of a text, sent unseen, would be worse than
 * none.
 */
const longestStored = 100_000;
const mostStored = 20;

/** In the place of an id, which the new chat has only with its first message. */
const NEW_CHAT = "";

// The text of each chat that was written and not sent, the one changed last behind. Not in a store: the box
// itself holds what it shows.
const drafts = new Map(storedDrafts());

/** @param chatId  `null`: the new chat */
export const draftOf = (chatId: string | null): string => drafts.get(chatId ?? NEW_CHAT) ?? "";

export function keepDraft(chatId: string | null, text: string): void {
  const key = chatId ?? NEW_CHAT;
  drafts.delete(key);
  if (text !== "") drafts.set(key, text);
}

/** The new chat has begun under this id; what stands in its box goes with it. */
export function draftGoesTo(chatId: string): void {
  keepDraft(chatId, draftOf(null));
  keepDraft(null, "");
}

export const forgetDrafts = (): void => drafts.clear();

/** From now on, keeps drafts for when this tab loads the page again. */
export function keepDraftsOverReload(): void {
  addEventListener("pagehide", storeDrafts);
  // A phone may end a page that is out of sight without a word.
  document.addEventListener("visibilitychange", storeDrafts);
}

function storeDrafts(): void {
  const kept = [...drafts].filter(([, text]) => text.length <= longestStored).slice(-mostStored);
  try {
    // Removed first, so that where the new ones find no room no draft comes back that was sent meanwhile.
    window.sessionStorage.removeItem(storageKey);
    if (kept.length > 0) window.sessionStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // Full, or forbidden: drafts last as long as the page.
  }
}

function storedDrafts(): readonly (readonly [string, string])[] {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isDraft) : [];
  } catch {
    return [];
  }
}

function isDraft(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "string";
}
