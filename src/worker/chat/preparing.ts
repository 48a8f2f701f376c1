import { modeOf, type PromptMode } from "../../ground/prompt-mode";
import { checkIds, marksOf } from "./prompt-ids";
import type { ChatStates } from "./chat-states";
import type { TextRequest } from "./prompt-documents";
import type { PrepareProgress, PrepareResult } from "../rpc/protocol/reading";
import { ReadingRate } from "./reading-rate";
import type { Running } from "./running-model";

export type PrepareTextRequest = Pick<TextRequest, "chatId" | "messages" | keyof PromptMode>;

/** The result of a reading that was ended before it began. */
export const nothingRead: PrepareResult = {
  readTokens: 0,
  totalTokens: 0,
  reusedTokens: 0,
  tokensPerSecond: null,
  readMs: 0,
  isStored: false,
};

/**
 * Reads what the next prompt will begin with, up to the end of its documents, and saves it for the chat once
 * all of it is read. Stopped on the way, the state stays where it is, with a checkpoint.
 */
export async function prepare(
  running: Running,
  chatStates: ChatStates | undefined,
  { chatId, messages, ...mode }: PrepareTextRequest,
  progress: (progress: PrepareProgress) => void,
  signal: AbortSignal,
): Promise<PrepareResult> {
  const { header, session, owner } = running;
  const rendered = header.text.renderHistory(messages, modeOf(mode));
  const { ids } = rendered;
  checkIds(ids, header.config);
  const totalTokens = ids.length;
  // Too long a history is the next question's error, not that of idle time.
  if (totalTokens === 0 || totalTokens > running.contextLength) return { ...nothingRead, totalTokens };
  const started = performance.now();
  const rate = new ReadingRate();
  let readTokens = 0;
  const { reusedTokens, isWhole, from } = await session.read({
    ids,
    marks: marksOf(rendered),
    stored: (await chatStates?.usable(owner.fingerprint)) ?? [],
    signal,
    onRead: (read, reused) => {
      readTokens = read;
      progress({ readTokens, totalTokens, reusedTokens: reused, tokensPerSecond: rate.add(read) });
    },
  });
  const readMs = performance.now() - started;
  if (from !== null) await chatStates?.touch(from);
  let isStored = false;
  if (isWhole && chatId && chatStates) {
    try {
      isStored = await chatStates.save(session, { ...owner, chatId }, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (isStored) running.unsavedChat = null;
  }
  return { readTokens, totalTokens, reusedTokens, tokensPerSecond: null, readMs, isStored };
}
