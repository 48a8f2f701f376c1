import type { AnswerDelta, BegunAnswer, ContextParts, FinishReason } from "../../../ground/answer";
import type { NamedPassage } from "../../../ground/document";
import type { PromptMode } from "../../../ground/prompt-mode";
import type { SamplingSettings } from "../../../ground/sampling";
import { type Sentence } from "../../../language/language";

/** A document of a message. The worker reads its text from storage by its id. */
export interface PromptDocument {
  readonly id: string;
  readonly name: string;
  /** The part of it that is read, in characters; `null` for all of it. */
  readonly range: NamedPassage | null;
}

export interface DocumentCount {
  readonly countedParts: number;
  readonly totalParts: number;
}

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
  /** The assistant's reasoning before `content`; the template decides whether history keeps it. */
  readonly reasoning?: string;
  /** They stand before `content`. */
  readonly documents?: readonly PromptDocument[];
}

export interface GenerateRequest extends PromptMode {
  /** The chat that what was read is saved under, and found again by; without one nothing is saved. */
  readonly chatId?: string;
  readonly messages: readonly ChatMessage[];
  readonly sampling: SamplingSettings;
  /** `null`: until the model stops or the context is full. */
  readonly maxNewTokens: number | null;
  readonly begun?: BegunAnswer;
  /** The message that is written; what was drawn for it is looked into by the very ids. */
  readonly answerId?: string;
}

export type GenerateEvent =
  | {
      readonly kind: "reading";
      readonly readTokens: number;
      readonly totalTokens: number;
      /** The part of `totalTokens` whose state was still there. */
      readonly reusedTokens: number;
      /** Over the last seconds; `null` while it can not be told. */
      readonly tokensPerSecond: number | null;
      readonly parts: ContextParts;
    }
  | (AnswerDelta & {
      readonly kind: "writing";
      readonly generatedTokens: number;
      readonly tokensPerSecond: number;
      readonly contextUsed: number;
      readonly parts: ContextParts;
    });

export interface GenerateResult {
  readonly finish: FinishReason;
  readonly seed: number;
  readonly promptTokens: number;
  readonly reusedTokens: number;
  readonly generatedTokens: number;
  readonly contextUsed: number;
  readonly contextLength: number;
  readonly parts: ContextParts;
  readonly prefillMs: number;
  readonly decodeMs: number;
  readonly notReused?: NotReused;
}

/** Why what was saved of a chat could not be gone on from; it was read anew. */
export interface NotReused {
  readonly code: "other-model" | "other-settings" | "damaged" | "missing";
  readonly message: Sentence;
}

/** The messages to leave out of a conversation that is too long for the context, the oldest first. */
export interface FreedRoom {
  /** Indexes of the messages that go. Instructions, messages with documents and the last question stay. */
  readonly dropped: readonly number[];
  /** Questions among them. */
  readonly turns: number;
  readonly tokens: number;
  /** The tokens that are left; they may still be more than `contextLength`. */
  readonly promptTokens: number;
  readonly contextLength: number;
}
