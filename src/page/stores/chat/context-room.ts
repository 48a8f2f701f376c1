import { roomForAnswer } from "../documents/attachments";
import { messagesOf, useChat } from "./chat";
import { useEngine } from "../models/engine";

/** Tokens that the open chat leaves for documents and a question; without a model there is no limit yet. */
export function freeTokens(): number {
  const { status } = useEngine.getState();
  if (status.phase !== "ready") return Infinity;
  return status.loaded.contextLength - usedTokens() - roomForAnswer;
}

/** Tokens of the open chat, as of its last answer. */
export function usedTokens(): number {
  const { openId } = useChat.getState();
  if (openId === null) return 0;
  const last = messagesOf(openId).findLast((message) => message.role === "assistant" && message.figures);
  return last?.role === "assistant" ? (last.figures?.contextUsed ?? 0) : 0;
}
