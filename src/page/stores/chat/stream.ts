import { afterDelta, type AnswerDelta, type ContextParts } from "../../../ground/answer";
import type { AnswerFigures, AnswerMessage } from "../../../storage/chats/conversations";
import type { GenerateEvent, GenerateResult } from "../../../worker/rpc/protocol/chat";

/** The progress of the answer being made; figures are those of the last event. */
export type Progress =
  | { readonly phase: "waiting" }
  | {
      readonly phase: "reading";
      readonly readTokens: number;
      readonly totalTokens: number;
      readonly reusedTokens: number;
      /** `null` while it can not be told. */
      readonly tokensPerSecond: number | null;
      readonly parts: ContextParts;
    }
  | {
      readonly phase: "writing";
      readonly generatedTokens: number;
      readonly tokensPerSecond: number;
      readonly contextUsed: number;
      readonly parts: ContextParts;
    };

/** Several events as one, so that a frame changes the message once however many tokens came. */
export interface Batch extends AnswerDelta {
  readonly progress: Progress;
}

export function addEvent(batch: Batch | null, event: GenerateEvent): Batch {
  const { progress: _, ...said } = batch ?? { reasoning: "", answer: "", progress: null };
  switch (event.kind) {
    case "reading": {
      const { kind: phase, ...figures } = event;
      return { ...said, progress: { phase, ...figures } };
    }
    case "writing": {
      const { generatedTokens, tokensPerSecond, contextUsed, parts } = event;
      return {
        ...afterDelta(said, event),
        progress: { phase: "writing", generatedTokens, tokensPerSecond, contextUsed, parts },
      };
    }
    default:
      event satisfies never;
      throw new Error("unreachable");
  }
}

/**
 * The message with the batch's text added; the very same message if there is none, so that it is not drawn
 * again.
 */
export function addBatch(message: AnswerMessage, batch: Batch): AnswerMessage {
  if (batch.reasoning === "" && batch.answer === "" && !batch.wasThoughts) return message;
  const { reasoning, answer } = afterDelta({ reasoning: message.reasoning, answer: message.text }, batch);
  return { ...message, reasoning, text: answer };
}

/**
 * A function that notes in an answer, given after each batch, how long its thoughts took once it says
 * something.
 */
export function timeThoughts(now = () => performance.now()): (message: AnswerMessage) => AnswerMessage {
  let since: number | null = null;
  return (message) => {
    if (message.reasoning === "" || message.thinkingMs !== undefined) return message;
    since ??= now();
    return message.text === "" ? message : { ...message, thinkingMs: now() - since };
  };
}

/** Times an answer's first token from the request on; an answer that goes on keeps the time it had. */
export function timeFirstToken(now = () => performance.now()) {
  let begun: number | null = null;
  let firstTokenMs: number | null = null;
  return {
    begin(): void {
      begun = now();
    },
    see({ phase }: Progress): void {
      if (phase === "writing" && begun !== null) firstTokenMs ??= now() - begun;
    },
    note: (message: AnswerMessage): AnswerMessage =>
      firstTokenMs === null || message.firstTokenMs !== undefined ? message : { ...message, firstTokenMs },
  };
}

/** The answer with how it ended and what it took; one that went on has taken what it took before as well. */
export function finishAnswer(
  message: AnswerMessage,
  { finish, ...figures }: GenerateResult,
  before: AnswerFigures | null = null,
): AnswerMessage {
  const generatedTokens = figures.generatedTokens + (before?.generatedTokens ?? 0);
  const decodeMs = figures.decodeMs + (before?.decodeMs ?? 0);
  return {
    ...message,
    state: { kind: "done", finish },
    figures: { ...figures, generatedTokens, decodeMs },
  };
}

/** Seconds until the prompt is read, at the rate of the last seconds. */
export function secondsLeft({ readTokens, totalTokens, tokensPerSecond }: Progress & { phase: "reading" }) {
  return tokensPerSecond === null ? null : (totalTokens - readTokens) / tokensPerSecond;
}

/** Tokens written per second; `null` when nothing was timed, or a damaged record does not tell. */
export function tokensPerSecond(figures: { generatedTokens: number; decodeMs: number }): number | null {
  const rate = (figures.generatedTokens * 1000) / figures.decodeMs;
  return figures.decodeMs > 0 && Number.isFinite(rate) ? rate : null;
}
