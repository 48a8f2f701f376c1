import { engine } from "../worker/client";
import { messagesBefore, useChat } from "./chat";
import { useEngine } from "./engine";
import { heardMessages, promptOf } from "./prompt";
import { effectiveThinking, useSettings } from "./settings";

let reading: AbortController | null = null;

/**
 * Has the engine read an answer as history will hold it, and save what was read, while the person reads the answer. The next question then
 * costs only itself, also after a reload. What fails here costs reading again, so nobody is told.
 */
export function readInIdleTime(conversationId: string, answerId: string): void {
  stopIdleReading();
  const { status } = useEngine.getState();
  const answer = useChat.getState().messages[answerId];
  if (status.phase !== "ready" || answer?.role !== "assistant" || answer.text === "") return;
  const settings = useSettings.getState();
  const history = [...messagesBefore(conversationId, answerId), answer];
  const request = {
    chatId: conversationId,
    messages: promptOf(settings.systemPrompt, heardMessages(history)),
    thinking: effectiveThinking(settings, status.loaded.description),
  };
  const mine = (reading = new AbortController());
  engine.call("prepare", [request], { signal: mine.signal }).catch(() => undefined);
}

/** Before anything else is asked of the engine. */
export function stopIdleReading(): void {
  reading?.abort();
  reading = null;
}
