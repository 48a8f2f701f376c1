import type { Conversation } from "../storage/chats/conversations";
import type { DocumentText } from "../storage/documents";
import { type Sentence } from "../language/language";

/** The programs whose exports are read. */
export type Source = "own" | "backup" | "chat-gpt" | "open-webui" | "llama-cpp";

/** A chat on its way in or out, with the texts of its documents. */
export interface CarriedChat {
  readonly conversation: Conversation;
  readonly documents: readonly DocumentText[];
}

/** Parts of exports that a chat here has no place for, by kind; a "line" is one that is damaged. */
export type Omission =
  "image" | "audio" | "file" | "instructions" | "deleted" | "source" | "unknown" | "line";

/** Counts what is left out of the chats of a file. */
export class Omissions {
  readonly #counts = new Map<Omission, number>();

  add(kind: Omission, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  get counts(): ReadonlyMap<Omission, number> {
    return this.#counts;
  }
}

/** A chat of an export that can not be taken in, and why. */
export interface RefusedChat {
  readonly title: string;
  readonly reason: Sentence;
}

export type ReadChat =
  | { readonly kind: "read"; readonly chat: CarriedChat }
  | { readonly kind: "refused"; readonly refused: RefusedChat };
