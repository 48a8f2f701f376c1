import type { Segment } from "./added-token-text";
import type { Tokenizer } from "./tokenizer";

/** Ids of documents' parts that are remembered: more than the longest context holds, some 16 MB. */
const MOST_DOCUMENT_IDS = 2 ** 21;

/**
 * Encodes segments, and remembers those of this prompt and the one before: a question about a long text that
 * was encoded for the last one costs only itself. Parts of documents are remembered longer, from when they
 * are counted on.
 */
export class SegmentIds {
  readonly #tokenizer: Tokenizer;
  #before: ReadonlyMap<string, readonly number[]> = new Map();
  #now = new Map<string, readonly number[]>();
  /** The one used longest ago first. */
  readonly #documents = new Map<string, readonly number[]>();
  #nDocumentIds = 0;
  /** Ids that had to be made since the beginning; the others were remembered. */
  nEncoded = 0;

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  /** Forgets what the last prompt did not use. */
  beginPrompt(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  of(segment: Segment): readonly number[] {
    if (segment.kind === "token") return [segment.id];
    if (segment.document === "part") return this.#ofDocument(segment.text);
    const known = this.#now.get(segment.text) ?? this.#before.get(segment.text);
    const ids = known ?? this.#encode(segment.text);
    this.#now.set(segment.text, ids);
    return ids;
  }

  #ofDocument(text: string): readonly number[] {
    const known = this.#documents.get(text);
    if (known) this.#documents.delete(text);
    else this.#nDocumentIds -= this.#makeRoom();
    const ids = known ?? this.#encode(text);
    if (!known) this.#nDocumentIds += ids.length;
    this.#documents.set(text, ids);
    return ids;
  }

  #encode(text: string): readonly number[] {
    const ids = this.#tokenizer.encode(text);
    this.nEncoded += ids.length;
    return ids;
  }

  /** @returns how many ids were forgotten */
  #makeRoom(): number {
    let freed = 0;
    for (const [text, ids] of this.#documents) {
      if (this.#nDocumentIds - freed <= MOST_DOCUMENT_IDS) break;
      this.#documents.delete(text);
      freed += ids.length;
    }
    return freed;
  }
}
