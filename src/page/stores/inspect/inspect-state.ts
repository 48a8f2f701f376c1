import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { InspectRequest, StateReport } from "../../../worker/rpc/protocol/inspect";
import { messagesBefore, useChat } from "../chat/chat";
import { useEngine } from "../models/engine";
import { heardMessages, promptOf } from "../chat/prompt";
import { drawnWithNow } from "../chat/chat-answers";
import { modeKnownTo } from "../settings/answer-layers";
import { follow } from "../follow";
import { asWireError } from "../wire-error";
import { t } from "../../../language/language";

/** The facts that a report of an answer rests on besides what is stored of it. */
export interface ReadWith {
  /** The answer was stored without them, so the present settings are taken. */
  readonly presentSettings: boolean;
  /** Who wrote it, where that is another model than the one that reads it. */
  readonly otherModel: string | null;
}

export type InspectStatePhase =
  | { readonly phase: "idle" }
  | {
      readonly phase: "reading";
      readonly answerId: string;
      readonly readTokens: number;
      readonly totalTokens: number;
    }
  | {
      readonly phase: "known";
      readonly report: StateReport;
      readonly answerId: string;
      readonly readWith: ReadWith;
    }
  /** `answerId` is null where there was no answer to read. */
  | { readonly phase: "failed"; readonly error: WireError; readonly answerId: string | null };

interface InspectState {
  readonly state: InspectStatePhase;
  /** The layer and head that are looked at; the first of its kind where the model has no such one. */
  readonly linear: { readonly layer: number; readonly head: number };
  readonly full: { readonly layer: number; readonly head: number };
  /** A traced token, by its place in the conversation; `null`: the last. */
  readonly token: number | null;
  /** The message that is shown token by token in the chat: the one that `state` is about, or none. */
  readonly shownAnswerId: string | null;
}

export const useInspectState = create<InspectState>(() => ({
  state: { phase: "idle" },
  linear: { layer: 0, head: 0 },
  full: { layer: 3, head: 0 },
  token: null,
  shownAnswerId: null,
}));

let reading: AbortController | null = null;

/** Drops, from now on, states that no longer hold. */
export function dropOldStates(): void {
  // A new answer is shown as text, and what was told of one that is gone on with no longer holds.
  follow(
    useChat,
    (chat) => (chat.generation.phase === "running" ? chat.generation.messageId : null),
    (messageId) => {
      if (messageId === null) return;
      hideTokens();
      if (answerIdOf(useInspectState.getState().state) === messageId) forgetStates();
    },
  );
  // Another model finds other probabilities, and no longer has the one before it to be asked for the rest.
  follow(
    useEngine,
    ({ status }) => (status.phase === "ready" ? status.loaded : null),
    (_, before) => {
      if (before) forgetStates();
    },
  );
}

/** Drops the states, and from here on also what is being read. */
function forgetStates(): void {
  reading?.abort();
  reading = null;
  show({ phase: "idle" });
}

/** An answer that is no longer looked into is shown as text. */
function show(state: InspectStatePhase): void {
  useInspectState.setState(({ shownAnswerId, token }) => ({
    state,
    shownAnswerId: answerIdOf(state) === shownAnswerId ? shownAnswerId : null,
    token: state.phase === "known" ? null : token,
  }));
}

const answerIdOf = (state: InspectStatePhase) => (state.phase === "idle" ? null : state.answerId);

type Chat = ReturnType<typeof useChat.getState>;

const lastAnswer = ({ openId, threads, messages }: Chat) =>
  (openId === null ? [] : (threads[openId] ?? []))
    .map((id) => messages[id])
    .findLast(
      (message) => message?.role === "assistant" && (message.text !== "" || message.reasoning !== ""),
    );

/** Tells whether the open chat has an answer that can be looked into. */
export const hasAnswer = (chat: Chat): boolean => lastAnswer(chat) !== undefined;

/** Has the conversation up to the end of the last answer shown read again. */
export function readLastAnswer(): void {
  const last = lastAnswer(useChat.getState());
  if (last) return void readStates(last.id);
  const error: WireError = {
    code: "prompt",
    message: t("No answer is shown, so there is no conversation to read."),
    hint: t("Ask something, or open a chat."),
  };
  show({ phase: "failed", error, answerId: null });
}

/** Reads another stretch of the answer that is looked into, up to `endToken`; `null`: its end. */
export function readStretch(endToken: number | null): void {
  const { state } = useInspectState.getState();
  if (state.phase === "known") void readStates(state.answerId, endToken);
}

async function readStates(answerId: string, endToken: number | null = null): Promise<void> {
  const asked = requestOf(answerId, endToken);
  if (!asked) return;
  reading?.abort();
  const mine = (reading = new AbortController());
  const showMine = (state: InspectStatePhase) => {
    if (reading === mine) show(state);
  };
  showMine({ phase: "reading", answerId, readTokens: 0, totalTokens: 0 });
  try {
    const report = await engine.call("inspectState", [asked.request], {
      signal: mine.signal,
      onProgress: (progress) => showMine({ phase: "reading", answerId, ...progress }),
    });
    showMine({ phase: "known", report, answerId, readWith: asked.readWith });
  } catch (cause) {
    const error = asWireError(cause);
    showMine(error.code === "cancelled" ? { phase: "idle" } : { phase: "failed", error, answerId });
  }
}

/**
 * The conversation as it was when the answer was drawn, as far as that is stored; undefined without a model
 * or the message.
 */
function requestOf(
  answerId: string,
  endToken: number | null,
): { readonly request: InspectRequest; readonly readWith: ReadWith } | undefined {
  const { status } = useEngine.getState();
  const { openId, messages } = useChat.getState();
  const message = messages[answerId];
  if (status.phase !== "ready" || openId === null || message?.role !== "assistant") return undefined;
  const { modelName, reasoning, text } = message;
  const { systemPrompt, sampling, ...mode } = message.drawnWith ?? drawnWithNow(openId, status.loaded);
  return {
    request: {
      answerId,
      messages: promptOf(systemPrompt, heardMessages(messagesBefore(openId, answerId), message)),
      ...modeKnownTo(status.loaded.description, mode),
      answer: { reasoning, text },
      sampling,
      endToken,
    },
    readWith: {
      presentSettings: message.drawnWith === undefined,
      otherModel: modelName === status.model.name ? null : modelName,
    },
  };
}

/** Shows an answer token by token, and reads for that what was not read yet. */
export function showTokens(answerId: string): void {
  const isAbout = ({ state }: InspectState) => state.phase !== "failed" && answerIdOf(state) === answerId;
  if (!isAbout(useInspectState.getState())) void readStates(answerId);
  // Without a model to read it the text stays.
  if (isAbout(useInspectState.getState())) useInspectState.setState({ shownAnswerId: answerId });
}

export function hideTokens(): void {
  useInspectState.setState({ shownAnswerId: null });
}

export function stopReadingStates(): void {
  reading?.abort();
}

export function lookAtLinear(layer: number, head: number): void {
  useInspectState.setState({ linear: { layer, head } });
}

export function lookAtFull(layer: number, head: number): void {
  useInspectState.setState({ full: { layer, head } });
}

export function lookAtToken(token: number): void {
  useInspectState.setState({ token });
}
