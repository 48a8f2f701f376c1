import { modeOf } from "../../../ground/prompt-mode";
import { engine } from "../../../worker/rpc/client";
import type { PrepareProgress, PrepareRequest, PrepareResult } from "../../../worker/rpc/protocol/reading";
import { messagesBefore, useChat } from "./chat";
import { answersFor } from "./chat-answers";
import { useEngine } from "../models/engine";
import { heardMessages, promptOf } from "./prompt";
import { noteReading } from "../documents/reading-rates";

let reading: AbortController | null = null;

/**
 * Has the engine read an answer as history will hold it, and save what was read, while the person reads the
 * answer. The next question then costs only itself, also after a reload. Not where documents for that
 * question are being read: they stand behind the history.
 */
export async function readInIdleTime(conversationId: string, answerId: string): Promise<void> {
  const { status } = useEngine.getState();
  const { messages, threads } = useChat.getState();
  const answer = messages[answerId];
  if (!threads[conversationId]) return; // deleted meanwhile
  if (reading || status.phase !== "ready" || answer?.role !== "assistant" || answer.text === "") return;
  const answers = answersFor(conversationId, status.loaded);
  const history = [...messagesBefore(conversationId, answerId), answer];
  await readIdly({
    chatId: conversationId,
    messages: promptOf(answers.systemPrompt, heardMessages(history)),
    ...modeOf(answers),
  });
}

/**
 * Has the engine read what a prompt will begin with, in place of what it reads now.
 *
 * @returns what was read until the end, or until something else was asked for; `null` where that is not
 *   known: failing here costs reading again, so nobody is told
 */
export async function readIdly(
  request: PrepareRequest,
  onProgress?: (progress: PrepareProgress) => void,
): Promise<PrepareResult | null> {
  const { status } = useEngine.getState();
  return inIdleTime(async (signal) => {
    const result = await engine.call("prepare", [request], { signal, ...(onProgress && { onProgress }) });
    const { readTokens, reusedTokens, readMs } = result;
    if (status.phase === "ready")
      noteReading(status.model.id, { promptTokens: readTokens, reusedTokens, prefillMs: readMs });
    return result;
  });
}

/**
 * Does idle work of the engine, in place of what idle work there is. @returns `null` where it fails, which
 * costs time at most
 */
export async function inIdleTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  stopIdleReading();
  const mine = (reading = new AbortController());
  try {
    return await work(mine.signal);
  } catch {
    return null;
  } finally {
    if (reading === mine) reading = null;
  }
}

export const isIdleReading = (): boolean => reading !== null;

/** Before anything else is asked of the engine. */
export function stopIdleReading(): void {
  reading?.abort();
  reading = null;
}
