import { FIRST_ROOM } from "../../engine/runtime/state/kv-room";
import { describeStored } from "../chat/chat-states";
import { nothingRead, prepare as prepareChat, type PrepareTextRequest } from "../chat/preparing";
import { withDocumentTexts } from "../chat/prompt-documents";
import { suggestTitle } from "../chat/titles/suggest-title";
import { saveUnsaved } from "../chat/unsaved-chat";
import type { Engine } from "../engine";
import type { PrepareProgress, PrepareRequest, PrepareResult, StoredReadings } from "../rpc/protocol/reading";
import type { Handlers } from "../rpc/serve";
import type { Services } from "./services";

/** Reading of chats: in idle time, and what of it is stored. */
export interface ReadingCalls {
  /**
   * Idle work: reads what the next prompt will begin with and saves it. Any later call that needs the GPU
   * ends it at once; what was read stays, and it resolves with that.
   */
  prepare: { args: [request: PrepareRequest]; result: PrepareResult; progress: PrepareProgress };
  /**
   * Idle work, as `prepare`: has the model name a conversation whose end is in memory; `null` where it is
   * not, or where something else was asked for.
   */
  suggestTitle: { args: [request: PrepareRequest]; result: string | null; progress: never };
  /**
   * Idle work, as `prepare`: gives back what the context of another chat than this one takes, once that is
   * stored. What can not be stored stays.
   */
  leaveOthers: { args: [openChatId: string]; result: void; progress: never };
  storedReadings: { args: []; result: StoredReadings; progress: never };
  /** Deletes what is saved of chats. */
  forgetChats: { args: [chatIds: readonly string[]]; result: void; progress: never };
  /** Bytes that saved reading may take; 0 saves nothing. What does not fit is deleted at once. */
  limitStoredReading: { args: [bytes: number]; result: void; progress: never };
}

export const readingCalls = ({ engine, documentParts, stateStorage }: Services): Handlers<ReadingCalls> => ({
  prepare: async ([request], { progress, signal }) => {
    const messages = await withDocumentTexts(request.messages, documentParts);
    return prepare(engine, { ...request, messages }, progress, signal);
  },

  suggestTitle: async ([request], { signal }) => {
    const messages = await withDocumentTexts(request.messages, documentParts);
    return title(engine, { ...request, messages }, signal);
  },

  leaveOthers: ([openChatId]) => leaveOthers(engine, openChatId),

  storedReadings: async () => describeStored(await stateStorage.list(), await stateStorage.budgetBytes()),

  forgetChats: ([chatIds]) => {
    forgetUnsaved(engine, chatIds);
    return stateStorage.exclusively(() => stateStorage.remove(({ chatId }) => chatIds.includes(chatId)));
  },

  limitStoredReading: ([bytes]) => stateStorage.setBudget(bytes),
});

/** Idle work: any later call that needs the GPU ends it, and it resolves with what was read until then. */
export function prepare(
  engine: Engine,
  request: PrepareTextRequest,
  progress: (progress: PrepareProgress) => void,
  signal: AbortSignal,
): Promise<PrepareResult> {
  engine.gpu.endIdleWork();
  return engine.gpu.whenIdle(async (ended) => {
    const either = AbortSignal.any([signal, ended]);
    engine.loaded();
    if (either.aborted) return nothingRead;
    return engine.withChat(request.chatId, (running) =>
      prepareChat(running, engine.chatStates, request, progress, either),
    );
  });
}

/** Idle work, as {@link prepare}, which it lets end. */
export function title(
  engine: Engine,
  request: PrepareTextRequest,
  signal: AbortSignal,
): Promise<string | null> {
  return engine.gpu.whenIdle(async (ended) => {
    const either = AbortSignal.any([signal, ended]);
    const { running } = engine;
    // Taking a chat up would have that of another one saved.
    if (either.aborted || !running || running.chatInMemory !== request.chatId) return null;
    return engine.withChat(request.chatId, () => suggestTitle(running, engine.chatStates, request, either));
  });
}

/**
 * Idle work, as {@link prepare}, which it lets end: saves another chat than `openChatId`, and gives its
 * context's memory back.
 */
export function leaveOthers(engine: Engine, openChatId: string): Promise<void> {
  return engine.gpu.whenIdle(async (ended) => {
    const { running } = engine;
    if (ended.aborted) return;
    if (!running || running.chatInMemory === null || running.chatInMemory === openChatId) return;
    await saveUnsaved(running, engine.chatStates, ended);
    if (running.unsavedChat !== null || ended.aborted) return;
    await running.session.shrinkTo(FIRST_ROOM); // a new chat's
    running.chatInMemory = null;
  });
}

/** The reading of these chats is not saved when another chat takes its place. */
function forgetUnsaved({ gpu, running }: Engine, chatIds: readonly string[]): void {
  if (!running?.unsavedChat || !chatIds.includes(running.unsavedChat)) return;
  gpu.endIdleWork();
  running.unsavedChat = null;
}
