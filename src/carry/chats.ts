import type { Conversation } from "../storage/chats/conversations";
import type { DocumentText } from "../storage/documents";

/** The programs whose exports are read. */
export const sources = {
  own: "this app",
  backup: "a backup of this app",
  "chat-gpt": "ChatGPT",
  "open-webui": "Open WebUI",
  "llama-cpp": "llama.cpp",
} as const;

export type Source = keyof typeof sources;

/** A chat on its way in or out, with the texts of its documents. */
export interface CarriedChat {
  readonly conversation: Conversation;
  readonly documents: readonly DocumentText[];
}

/** Parts of exports that a chat here has no place for, by kind. */
export const omissions = {
  image: ["picture", "pictures"],
  audio: ["recording or film", "recordings or films"],
  file: ["attached file whose text is not in the export", "attached files whose texts are not in the export"],
  instructions: ["hidden instruction to the model", "hidden instructions to the model"],
  deleted: ["message that was taken back there", "messages that were taken back there"],
  unknown: ["part of an unknown kind", "parts of an unknown kind"],
} as const;

export type Omission = keyof typeof omissions;

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
  readonly reason: string;
}

export type ReadChat =
  | { readonly kind: "read"; readonly chat: CarriedChat }
  | { readonly kind: "refused"; readonly refused: RefusedChat };
