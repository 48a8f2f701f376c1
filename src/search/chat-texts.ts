import type { ConversationStorage, ConversationSummary } from "../storage/chats/conversations";
import type { SearchedChat } from "./find-chats";
import { fold } from "./fold";

/** Chats read at a time: enough to keep the database busy, few enough to answer in between. */
const batch = 20;

/** The texts of all stored chats, read once, and again of those that changed. */
export class ChatTexts {
  readonly #storage: Pick<ConversationStorage, "list" | "read">;
  readonly #chats = new Map<string, SearchedChat>();

  constructor(storage: Pick<ConversationStorage, "list" | "read">) {
    this.#storage = storage;
  }

  /** The chat was changed or removed: it is read again by the next search. */
  forget(id: string): void {
    this.#chats.delete(id);
  }

  /** All chats, the one changed last first. A record that can not be read is left out. */
  async all(): Promise<readonly SearchedChat[]> {
    const summaries = await this.#storage.list();
    const missing = summaries.filter(({ id }) => !this.#chats.has(id));
    for (let at = 0; at < missing.length; at += batch)
      await Promise.all(missing.slice(at, at + batch).map((summary) => this.#read(summary)));
    return summaries.flatMap(({ id }) => this.#chats.get(id) ?? []);
  }

  async #read({ id, title }: ConversationSummary): Promise<void> {
    // isBeingWritten: what is searched are words, whether or not their answer has ended
    const conversation = await this.#storage.read(id, true).catch(() => undefined);
    if (!conversation) return;
    const messages = conversation.messages.map((message) => {
      const text = message.text.normalize("NFC");
      return { id: message.id, role: message.role, text, folded: fold(text) };
    });
    this.#chats.set(id, { id, title, messages });
  }
}
