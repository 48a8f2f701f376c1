import type { PromptMode } from "../../../ground/prompt-mode";
import type { GenerateRequest } from "./chat";

/**
 * A conversation as its next prompt will begin: after an answer all of it, or what stands before a question
 * being typed.
 */
export type PrepareRequest = Pick<GenerateRequest, "chatId" | "messages" | keyof PromptMode>;

export interface PrepareProgress {
  readonly readTokens: number;
  readonly totalTokens: number;
  readonly reusedTokens: number;
  /** Over the last seconds; `null` while it can not be told. */
  readonly tokensPerSecond: number | null;
}

export interface PrepareResult extends PrepareProgress {
  /** The time of reading, without saving. */
  readonly readMs: number;
  /** Stored for another visit. */
  readonly isStored: boolean;
}

/** The saved reading of a chat, all its branches together. */
export interface StoredReading {
  readonly chatId: string;
  readonly modelName: string;
  /** The tokens of its longest branch. */
  readonly nTokens: number;
  /** Parts that other chats share are counted in each. */
  readonly sizeBytes: number;
  readonly savedAt: number;
}

export interface StoredReadings {
  readonly readings: readonly StoredReading[];
  /** Shared parts counted once. */
  readonly usedBytes: number;
  readonly budgetBytes: number;
}
