import type { DocumentStorage } from "../../storage/documents";
import { partsOf } from "./prompt-documents";
import type { PromptDocument } from "../rpc/protocol/chat";

/** Texts that are cached: more than the longest context takes, some 16 to 32 MB. */
const MOST_CHARACTERS = 2 ** 24;

/**
 * Documents' texts in parts, read from storage once: the next question about a document finds the very same
 * strings, which cost a look, not a comparison.
 */
export class DocumentParts {
  readonly #storage: Pick<DocumentStorage, "read">;
  readonly #mostCharacters: number;
  /** The one used longest ago first. */
  readonly #cached = new Map<string, { readonly parts: readonly string[]; readonly nCharacters: number }>();
  #nCharacters = 0;

  constructor(storage: Pick<DocumentStorage, "read">, mostCharacters = MOST_CHARACTERS) {
    this.#storage = storage;
    this.#mostCharacters = mostCharacters;
  }

  /** @throws StorageError  when it is no longer stored */
  async of({ id, range }: Pick<PromptDocument, "id" | "range">): Promise<readonly string[]> {
    const key = range ? `${id} ${range.start}-${range.end}` : id;
    const known = this.#cached.get(key);
    if (known) {
      this.#cached.delete(key);
      this.#cached.set(key, known);
      return known.parts;
    }
    const parts = partsOf(await this.#storage.read(id), range ?? undefined);
    const nCharacters = parts.reduce((sum, { length }) => sum + length, 0);
    if (!this.#cached.has(key)) this.#nCharacters += nCharacters;
    this.#cached.set(key, { parts, nCharacters });
    for (const [oldest, { nCharacters: freed }] of this.#cached) {
      if (this.#nCharacters <= this.#mostCharacters) break;
      this.#cached.delete(oldest);
      this.#nCharacters -= freed;
    }
    return parts;
  }
}
