/** An answer as far as it was written before it goes on. */
export interface BegunAnswer {
  readonly reasoning: string;
  readonly text: string;
}

/** Why an answer ended. */
export const finishReasons = ["stop", "length", "context-full", "stopped"] as const;
export type FinishReason = (typeof finishReasons)[number];

/** The parts that a prompt is made up of; the rest of it is the chat. */
export interface ContextParts {
  readonly systemTokens: number;
  readonly documentTokens: number;
}
