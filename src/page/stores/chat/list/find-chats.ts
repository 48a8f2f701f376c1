import { create } from "zustand";
import { endSearch, searchChats } from "../../../../search/client";
import type { FoundChat } from "../../../../search/protocol";
import { notify } from "../../notices";
import { openStoredChat } from "../../documents/quotations";
import { showMessage, useChat, type ConversationSummary } from "../chat";
import { t } from "../../../../language/language";

interface Find {
  readonly query: string;
  /** Chats in whose texts the words stand; of the query before, while this one's are on their way. */
  readonly found: readonly FoundChat[];
  readonly isSearching: boolean;
}

const nothing: Find = { query: "", found: [], isSearching: false };

export const useFind = create<Find>(() => nothing);

/** The message that a search led to; the conversation shows it, and it is `null` again. */
export const useSought = create<{ readonly messageId: string | null }>(() => ({ messageId: null }));

/** Searches the texts of all stored chats. */
export async function findChats(query: string): Promise<void> {
  if (query.trim() === "") return useFind.setState(nothing);
  useFind.setState({ query, isSearching: true });
  const found = await searchChats(query);
  if (found) useFind.setState({ found, isSearching: false });
}

/** Forgets what was found, and gives back the memory of what was searched. */
export function endFind(): void {
  endSearch();
  useFind.setState(nothing);
}

/** Chats in whose titles every word stands, the one changed last first. */
export function findTitles(
  summaries: readonly ConversationSummary[],
  query: string,
  most = 8,
): readonly ConversationSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: ConversationSummary[] = [];
  for (const summary of summaries) {
    if (found.length === most) break;
    const title = summary.title.toLowerCase();
    if (words.every((word) => title.includes(word))) found.push(summary);
  }
  return found;
}

/** Opens a chat at the place that a search found. */
export async function openFound({ id, messageId }: Pick<FoundChat, "id" | "messageId">): Promise<void> {
  if (!(await openStoredChat(id)) || useChat.getState().openId !== id) return;
  if (!useChat.getState().messages[messageId])
    return notify(t("The chat has changed, and what was found is no longer in it."));
  showMessage(id, messageId);
  useSought.setState({ messageId });
}

export const soughtShown = (): void => useSought.setState({ messageId: null });
