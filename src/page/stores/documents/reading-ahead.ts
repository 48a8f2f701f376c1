import { create } from "zustand";
import { modeOf } from "../../../ground/prompt-mode";
import { identityOf } from "../../../worker/rpc/protocol/load-identity";
import type { PrepareProgress, PrepareRequest } from "../../../worker/rpc/protocol/reading";
import { attachedTokens, tokensOf, useAttachments } from "./attachments";
import { draftChatId, messagesOf, useChat } from "../chat/chat";
import { answersFor } from "../chat/chat-answers";
import { freeTokens } from "../chat/context-room";
import { useNewChatAnswers } from "../chat/new-chat-answers";
import { useEngine } from "../models/engine";
import { readIdly, stopIdleReading } from "../chat/idle-reading";
import { follow, whole } from "../follow";
import { heardMessages, promptOf } from "../chat/prompt";
import { useSettings } from "../settings/settings";

/** The progress of reading the documents for the next message, while the person writes it. */
export type ReadingAhead =
  | { readonly phase: "none" }
  | { readonly phase: "reading"; readonly progress: PrepareProgress | null }
  /** By the person, or by something else that needed the GPU. */
  | { readonly phase: "stopped"; readonly progress: PrepareProgress | null }
  | { readonly phase: "read"; readonly totalTokens: number };

export const useReadingAhead = create<ReadingAhead>(() => ({ phase: "none" }));

const show = (state: ReadingAhead) => useReadingAhead.setState(state, true);

/** The reading that is under way, done or stopped: model and request as text, by which a change is told. */
let current: string | null = null;
/** Counts readings: one that was stopped ends a moment later, and is no longer the one that is shown. */
let lastReading = 0;
let isCheckDue = false;

/**
 * Reads what is attached from now on, as soon as it can be sent, and anew when what stands before it changes.
 */
export function readAttachedAhead(): void {
  // Sending changes several stores in a row; only what they come to counts.
  const check = () => {
    if (isCheckDue) return;
    isCheckDue = true;
    queueMicrotask(() => {
      isCheckDue = false;
      update();
    });
  };
  follow(useAttachments, whole, check);
  // While an answer is written the chat changes at each token, and nothing is read ahead.
  follow(useChat, (chat) => (chat.generation.phase === "none" ? chat : null), check);
  follow(useEngine, whole, check);
  follow(useSettings, whole, check);
  follow(useNewChatAnswers, whole, check);
}

/** Ends the reading where it is. What was read stays, and {@link readOn} goes on from there. */
export function stopReadingAhead(): void {
  const state = useReadingAhead.getState();
  if (state.phase !== "reading") return;
  stopIdleReading();
  show({ ...state, phase: "stopped" });
}

export function readOn(): void {
  current = null;
  update();
}

function update(): void {
  const request = requestAhead();
  const { status } = useEngine.getState();
  // Another model, or another context of it, has read nothing yet.
  const load = status.phase === "ready" && identityOf(status.loaded.id, status.loaded.plan);
  const wanted = request && JSON.stringify([load, request]);
  if (wanted === current) return;
  if (useReadingAhead.getState().phase === "reading") stopIdleReading();
  current = wanted;
  if (request) void read(request);
  else show({ phase: "none" });
}

async function read(request: PrepareRequest): Promise<void> {
  const mine = ++lastReading;
  const isMine = () => mine === lastReading && useReadingAhead.getState().phase === "reading";
  show({ phase: "reading", progress: null });
  let last: PrepareProgress | null = null;
  const result = await readIdly(request, (progress) => {
    if (!isMine()) return;
    last = progress;
    show(
      isWhole(progress)
        ? { phase: "read", totalTokens: progress.totalTokens }
        : { phase: "reading", progress },
    );
  });
  if (!isMine()) return;
  if (result && isWhole(result)) show({ phase: "read", totalTokens: result.totalTokens });
  else show({ phase: "stopped", progress: last });
}

const isWhole = ({ readTokens, totalTokens }: PrepareProgress) =>
  totalTokens > 0 && readTokens === totalTokens;

/** The next prompt up to the end of its documents; `null` while there is none that could be sent. */
function requestAhead(): PrepareRequest | null {
  const [{ status }, { openId, generation }] = [useEngine.getState(), useChat.getState()];
  const { list, folders } = useAttachments.getState();
  // Its files come one by one; each would begin the reading anew.
  if (folders.some(({ phase }) => phase !== "done")) return null;
  if (status.phase !== "ready" || generation.phase !== "none" || list.length === 0) return null;
  if (list.some((one) => tokensOf(one) === null) || attachedTokens(list) > freeTokens()) return null;
  const documents = list.flatMap(({ name, reading, range }) =>
    reading.phase === "read" ? [{ id: reading.info.id, name, range }] : [],
  );
  const answers = answersFor(openId, status.loaded);
  const history = openId === null ? [] : heardMessages(messagesOf(openId));
  return {
    chatId: openId ?? draftChatId(),
    messages: [...promptOf(answers.systemPrompt, history), { role: "user", content: "", documents }],
    ...modeOf(answers),
  };
}
