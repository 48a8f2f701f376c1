import type { AnswerMessage } from "../storage/conversations";
import type { GenerateEvent, GenerateResult } from "../worker/protocol";

/** Where the answer being made stands; figures are those of the last event. */
export type Progress =
  | { readonly phase: "waiting" }
  | {
      readonly phase: "reading";
      readonly readTokens: number;
      readonly totalTokens: number;
      readonly reusedTokens: number;
    }
  | {
      readonly phase: "writing";
      readonly generatedTokens: number;
      readonly tokensPerSecond: number;
      readonly contextUsed: number;
    };

/** Several events as one, so that a frame changes the message once however many tokens came. */
export interface Batch {
  readonly reasoning: string;
  readonly answer: string;
  readonly progress: Progress;
}

export function addEvent(batch: Batch | null, event: GenerateEvent): Batch {
  const [reasoning, answer] = [batch?.reasoning ?? "", batch?.answer ?? ""];
  switch (event.kind) {
    case "reading": {
      const { readTokens, totalTokens, reusedTokens } = event;
      return { reasoning, answer, progress: { phase: "reading", readTokens, totalTokens, reusedTokens } };
    }
    case "writing": {
      const { generatedTokens, tokensPerSecond, contextUsed } = event;
      return {
        reasoning: reasoning + event.reasoning,
        answer: answer + event.answer,
        progress: { phase: "writing", generatedTokens, tokensPerSecond, contextUsed },
      };
    }
    default:
      event satisfies never;
      throw new Error("unreachable");
  }
}

/** The message with the batch's text added; the very same message if there is none, so that it is not drawn again. */
export function addBatch(message: AnswerMessage, batch: Batch): AnswerMessage {
  if (batch.reasoning === "" && batch.answer === "") return message;
  return { ...message, reasoning: message.reasoning + batch.reasoning, text: message.text + batch.answer };
}

export function finishAnswer(message: AnswerMessage, result: GenerateResult): AnswerMessage {
  const { finish, ...figures } = result;
  return { ...message, state: { kind: "done", finish }, figures };
}

/** Tokens written per second; `null` when nothing was timed. */
export function tokensPerSecond(figures: { generatedTokens: number; decodeMs: number }): number | null {
  return figures.decodeMs > 0 ? (figures.generatedTokens * 1000) / figures.decodeMs : null;
}
