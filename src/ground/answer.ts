/** An answer as far as it was written before it goes on. */
export interface BegunAnswer {
  readonly reasoning: string;
  readonly text: string;
}

/** Why an answer ended; "repeats": the same token hundreds of times. */
export const finishReasons = ["stop", "length", "context-full", "stopped", "repeats"] as const;
export type FinishReason = (typeof finishReasons)[number];

/** The parts that a prompt is made up of; the rest of it is the chat. */
export interface ContextParts {
  readonly systemTokens: number;
  readonly documentTokens: number;
}

/** New text of an answer since the last delta; either may be "". */
export interface AnswerDelta {
  readonly reasoning: string;
  readonly answer: string;
  /**
   * All of the answer so far were thoughts: the model ended a block that it had not opened. They come before
   * this delta's reasoning, and newlines at their end are the tag's (`afterDelta`).
   */
  readonly wasThoughts?: true;
}

/** Adds a delta to what was said so far. */
export function afterDelta({ reasoning, answer, ...said }: AnswerDelta, delta: AnswerDelta): AnswerDelta {
  if (!delta.wasThoughts)
    return { ...said, reasoning: reasoning + delta.reasoning, answer: answer + delta.answer };
  const thoughts = trimEndNewlines(reasoning + answer + delta.reasoning);
  return { wasThoughts: true, reasoning: thoughts, answer: delta.answer };
}

export function trimEndNewlines(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n") end--;
  return text.slice(0, end);
}
