import type { Segment } from "./added-token-text";
import type { Tokenizer } from "./tokenizer";

/**
 * Encodes segments, and remembers those of this prompt and the one before: a question about a long document that was
 * encoded for the last one costs only itself.
 */
export class SegmentIds {
  readonly #tokenizer: Tokenizer;
  #before: ReadonlyMap<string, readonly number[]> = new Map();
  #now = new Map<string, readonly number[]>();

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
    const known = this.#now.get(segment.text) ?? this.#before.get(segment.text);
    const ids = known ?? this.#tokenizer.encode(segment.text);
    this.#now.set(segment.text, ids);
    return ids;
  }
}
