import { AppError, CancelledError, type WireError } from "../errors";
import { engine } from "../worker/client";
import type { GenerateResult, StoredModel } from "../worker/protocol";
import {
  addMessage,
  appendMessage,
  changeAnswer,
  deleteChat,
  messagesBefore,
  messagesOf,
  removeMessage,
  save,
  startConversation,
  useChat,
} from "./chat";
import { loadedModelId, useEngine } from "./engine";
import { frameBatcher } from "./frame-batcher";
import { deleteModel, readiness, switchToModel, useModels } from "./models";
import { promptOf, titleFrom } from "./prompt";
import { effectiveMaxNewTokens, effectiveSampling, effectiveThinking, useSettings } from "./settings";
import { addBatch, addEvent, finishAnswer, type Progress } from "./stream";
import { asWireError } from "./wire-error";

interface Run {
  readonly conversationId: string;
  readonly messageId: string;
  readonly abort: AbortController;
}

let current: Run | null = null;
// The engine's last call, which goes on for a moment after Stop; the next one waits for it.
let engineIdle: Promise<unknown> = Promise.resolve();

export const isAnswering = (): boolean => useChat.getState().generation.phase !== "none";

/** Adds a message to the open chat, or a new one, and has it answered. @returns false if nothing was sent */
export function send(text: string): boolean {
  if (text.trim() === "" || isAnswering()) return false;
  const conversationId = useChat.getState().openId ?? startConversation(titleFrom(text));
  appendMessage(conversationId, { id: crypto.randomUUID(), role: "user", createdAt: Date.now(), text });
  void answer(conversationId);
  return true;
}

/** Asks another question in the place of one: a branch of the chat, beside what was asked and answered before. */
export function editQuestion(conversationId: string, messageId: string, text: string): boolean {
  const message = useChat.getState().messages[messageId];
  if (isAnswering() || message?.role !== "user" || text.trim() === "") return false;
  const edited = { ...message, id: crypto.randomUUID(), createdAt: Date.now(), text };
  addMessage(conversationId, edited, messagesBefore(conversationId, messageId).at(-1)?.id ?? null);
  void answer(conversationId);
  return true;
}

/** Answers the question shown last, or makes an answer anew beside the one there is; one that says nothing is replaced. */
export function regenerate(
  conversationId: string,
  messageId = messagesOf(conversationId).at(-1)?.id ?? "",
): void {
  const message = useChat.getState().messages[messageId];
  if (isAnswering() || !message) return;
  if (message.role === "user") {
    void answer(conversationId, messageId);
    return;
  }
  const questionId = messagesBefore(conversationId, messageId).at(-1)?.id;
  if (questionId === undefined) return;
  if (message.text === "" && message.reasoning === "") removeMessage(conversationId, messageId);
  void answer(conversationId, questionId);
}

/** Ends the running answer where it is, on screen at once. */
export function stop(): void {
  const run = current;
  if (!run) return;
  run.abort.abort();
  end(run);
  changeAnswer(run.conversationId, run.messageId, (message) => ({
    ...message,
    state: { kind: "done", finish: "stopped" },
  }));
  void save(run.conversationId);
}

/** Deletes a chat, its running answer stopped first. */
export function discardChat(id: string): void {
  if (current?.conversationId === id) stop();
  void deleteChat(id);
}

/** Stops the running answer and loads another model, or the same with another context length. */
export async function changeModel(model: StoredModel, contextLength: number | null): Promise<void> {
  stop();
  await engineIdle;
  await switchToModel(model, contextLength);
}

/** Deletes a model's file; an answer it is writing is stopped first. */
export async function discardModel(model: StoredModel): Promise<void> {
  if (loadedModelId() === model.id) {
    stop();
    await engineIdle;
  }
  await deleteModel(model);
}

/** Answers a question of the chat, the last one shown unless another is named. */
async function answer(
  conversationId: string,
  questionId = messagesOf(conversationId).at(-1)!.id,
): Promise<void> {
  const messageId = crypto.randomUUID();
  const run: Run = (current = { conversationId, messageId, abort: new AbortController() });
  addMessage(
    conversationId,
    {
      id: messageId,
      role: "assistant",
      createdAt: Date.now(),
      text: "",
      reasoning: "",
      modelName: null,
      state: { kind: "streaming" },
      figures: null,
    },
    questionId,
  );
  const history = messagesBefore(conversationId, messageId);
  show(run, { phase: "waiting" });

  const isStopped = () => run.abort.signal.aborted;
  const batcher = frameBatcher(addEvent, (batch) => {
    if (isStopped()) return;
    changeAnswer(conversationId, messageId, (message) => addBatch(message, batch));
    show(run, batch.progress);
  });
  try {
    await engineIdle;
    const { model, loaded } = await readyModel(run.abort.signal);
    if (isStopped()) return;
    changeAnswer(conversationId, messageId, (message) => ({ ...message, modelName: model.name }));
    const settings = useSettings.getState();
    const request = {
      messages: promptOf(settings.systemPrompt, history),
      thinking: effectiveThinking(settings, loaded.description),
      sampling: effectiveSampling(settings, loaded.description),
      maxNewTokens: effectiveMaxNewTokens(settings, loaded.description),
    };
    const call = engine.call("generate", [request], { signal: run.abort.signal, onProgress: batcher.add });
    engineIdle = call.catch(() => undefined);
    const result: GenerateResult = await call;
    batcher.flush();
    const final: GenerateResult = isStopped() ? { ...result, finish: "stopped" } : result;
    changeAnswer(conversationId, messageId, (message) => finishAnswer(message, final));
  } catch (cause) {
    batcher.flush();
    const error = asWireError(cause);
    if (!isStopped()) fail(run, error);
  } finally {
    end(run);
    await save(conversationId);
  }
}

function fail({ conversationId, messageId }: Run, error: WireError): void {
  const state =
    error.code === "cancelled"
      ? ({ kind: "done", finish: "stopped" } as const)
      : ({ kind: "failed", error } as const);
  changeAnswer(conversationId, messageId, (message) => ({ ...message, state }));
}

function show({ conversationId, messageId }: Run, progress: Progress): void {
  useChat.setState({ generation: { phase: "running", conversationId, messageId, progress } });
}

function end(run: Run): void {
  if (current !== run) return;
  current = null;
  useChat.setState({ generation: { phase: "none" } });
}

/** The loaded model, once the one on its way is. @throws the error that kept it away, or CancelledError */
async function readyModel(signal: AbortSignal) {
  for (;;) {
    const { status } = useEngine.getState();
    if (status.phase === "ready") return status;
    if (status.phase === "failed") throw asError(status.error);
    const { transfer } = useModels.getState();
    if (readiness(status, transfer) === "not") {
      if (transfer.phase === "failed") throw asError(transfer.error);
      throw asError({
        code: "prompt",
        message: "No model is loaded, so nothing can answer yet.",
        hint: "Choose a model, then try again.",
      });
    }
    await nextChange(signal);
  }
}

const asError = ({ code, message, hint }: WireError) => new AppError(code, message, { hint });

function nextChange(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => () => {
      stops.forEach((unsubscribe) => unsubscribe());
      settle();
    };
    const onAbort = finish(() => reject(new CancelledError()));
    const onChange = finish(resolve);
    signal.addEventListener("abort", onAbort);
    const stops = [
      useEngine.subscribe(onChange),
      useModels.subscribe(onChange),
      () => signal.removeEventListener("abort", onAbort),
    ];
    if (signal.aborted) onAbort();
  });
}
