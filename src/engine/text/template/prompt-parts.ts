import type { Segment } from "../tokenizer/added-token-text";

/** The make-up of a prompt's ids. */
export interface PromptParts {
  /**
   * Ids of each message's turn, in order; `null` where the template does not give every message a turn of its
   * own.
   */
  readonly turns: readonly number[] | null;
  /** Ids of the text of documents. */
  readonly documentTokens: number;
}

/**
 * Counts a rendered prompt by messages. A template opens each turn, and the answer's, with the same token;
 * nothing that people wrote can become that token.
 */
export function promptParts(
  segments: readonly Segment[],
  nMessages: number,
  idsOf: (segment: Segment) => readonly number[],
): PromptParts {
  const [first] = segments;
  const turns: number[] = [];
  let documentTokens = 0;
  for (const segment of segments) {
    const length = idsOf(segment).length;
    const opensTurn = first?.kind === "token" && segment.kind === "token" && segment.id === first.id;
    if (opensTurn || turns.length === 0) turns.push(length);
    else turns[turns.length - 1]! += length;
    if (segment.kind === "text" && segment.document !== undefined) documentTokens += length;
  }
  // A template may open with a turn of its own, as Qwen3.8's does to ask for an effort.
  const nOwn = turns.length - nMessages - 1;
  return { turns: nOwn === 0 || nOwn === 1 ? turns.slice(nOwn, -1) : null, documentTokens };
}
