import { fold } from "./fold";
import type { FoundChat } from "./protocol";

export interface SearchedMessage {
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly text: string;
  /** `fold(text)`. */
  readonly folded: string;
}

export interface SearchedChat {
  readonly id: string;
  readonly title: string;
  readonly messages: readonly SearchedMessage[];
}

/** The words of a query, folded; all have to stand in a chat. */
export const wordsOf = (query: string): readonly string[] =>
  fold(query.normalize("NFC")).split(/\s+/).filter(Boolean);

/** Characters around a match. */
const around = 60;

/**
 * The chats in which every word of the query stands, in the title or a message, in the order they come in;
 * each with the message that has the most of the words, the last of those. Chats whose title alone has all
 * words are found by their titles, not here.
 */
export function findChats(chats: Iterable<SearchedChat>, query: string, most = 30): readonly FoundChat[] {
  const words = wordsOf(query);
  const found: FoundChat[] = [];
  if (words.length === 0) return found;
  for (const chat of chats) {
    const title = fold(chat.title.normalize("NFC"));
    const missing = new Set(words.filter((word) => !title.includes(word)));
    let best: { message: SearchedMessage; word: string; count: number } | null = null;
    for (const message of chat.messages) {
      const there = words.filter((word) => message.folded.includes(word));
      for (const word of there) missing.delete(word);
      if (there.length > 0 && there.length >= (best?.count ?? 0))
        best = { message, word: there.reduce((a, b) => (b.length > a.length ? b : a)), count: there.length };
    }
    if (missing.size > 0 || !best) continue;
    found.push({ id: chat.id, ...snippetOf(best.message, best.word) });
    if (found.length === most) break;
  }
  return found;
}

function snippetOf({ id, role, text, folded }: SearchedMessage, word: string): Omit<FoundChat, "id"> {
  const start = folded.indexOf(word);
  const end = start + word.length;
  const line = (part: string) => part.replace(/\s+/g, " ");
  const from = Math.max(0, start - around);
  const to = Math.min(text.length, end + around);
  return {
    messageId: id,
    role,
    before: `${from > 0 ? "…" : ""}${line(whole(text.slice(from, start)))}`,
    match: text.slice(start, end),
    after: `${line(whole(text.slice(end, to)))}${to < text.length ? "…" : ""}`,
  };
}

/** Without half of a character at either end. */
const whole = (part: string) => part.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
