import { AppError, CancelledError, type WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { DrawnWith } from "../../../storage/chats/conversations";
import type { GenerateRequest, GenerateResult } from "../../../worker/rpc/protocol/chat";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { StoredModel } from "../../../worker/rpc/protocol/model";
import {
  addMessage,
  appendMessage,
  changeAnswer,
  deleteChat,
  dropDeletedChat,
  messagesBefore,
  messagesOf,
  removeMessage,
  save,
  startConversation,
  useChat,
  type AnswerMessage,
} from "./chat";
import { answersFor, drawnWithNow } from "./chat-answers";
import { clearAttachments, documentsToSend } from "../documents/attachments";
import { freeTokens } from "./context-room";
import { draftGoesTo, draftOf, keepDraft } from "./draft";
import { leaveModel, loadedModelId, useEngine } from "../models/engine";
import { follow, whole } from "../follow";
import { frameBatcher } from "./pace/frame-batcher";
import { readInIdleTime, stopIdleReading } from "./idle-reading";
import { deleteModel, readiness, switchToModel, useModels } from "../models/models";
import { nameChat } from "./name-chat";
import { notify } from "../notices";
import { heardMessages, leftOutOf, promptOf, titleFrom } from "./prompt";
import { documentsOf, findQuotationsOf } from "../documents/quotations";
import { noteReading } from "../documents/reading-rates";
import { modeKnownTo } from "../settings/answer-layers";
import { useSettings } from "../settings/settings";
import { markAnswering } from "./tab-news";
import { addBatch, addEvent, finishAnswer, timeFirstToken, timeThoughts, type Progress } from "./stream";
import { asWireError } from "../wire-error";
import { inARow, t } from "../../../language/language";

interface Run {
  readonly conversationId: string;
  readonly messageId: string;
  readonly abort: AbortController;
  /** Settings in place of the present ones. */
  readonly as?: DrawnWith;
}

let current: Run | null = null;
// The engine's last call, which goes on for a moment after Stop; the next one waits for it.
let engineIdle: Promise<unknown> = Promise.resolve();

export const isAnswering = (): boolean => useChat.getState().generation.phase !== "none";

/**
 * Returns whether a question can be put here now, and tells the person why not: one is being answered, or the
 * model is another tab's.
 */
function mayAsk(): boolean {
  if (isAnswering()) return false;
  if (useEngine.getState().status.phase !== "elsewhere") return true;
  notify(inARow(inAnotherTab().message, inAnotherTab().hint), { tone: "warning" });
  return false;
}

/**
 * Adds a message with what is attached to the open chat, or a new one, and has it answered. @returns false if
 * nothing was sent
 */
export function send(text: string): boolean {
  if (text.trim() === "" || !mayAsk()) return false;
  const documents = documentsToSend(freeTokens());
  if (!documents) return false;
  const { openId } = useChat.getState();
  const conversationId = openId ?? startConversation(titleFrom(text));
  if (openId === null) draftGoesTo(conversationId);
  const hasDocuments = documents.length > 0 || documentsOf(messagesOf(conversationId)).length > 0;
  appendMessage(conversationId, {
    id: crypto.randomUUID(),
    role: "user",
    createdAt: Date.now(),
    text,
    ...(documents.length > 0 && { documents }),
    ...(hasDocuments && useSettings.getState().quoteDocuments && { asksForQuotes: true }),
  });
  clearAttachments();
  void answer(conversationId);
  return true;
}

/**
 * Asks another question in the place of one: a branch of the chat, beside what was asked and answered before.
 */
export function editQuestion(conversationId: string, messageId: string, text: string): boolean {
  const message = useChat.getState().messages[messageId];
  if (message?.role !== "user" || text.trim() === "" || !mayAsk()) return false;
  const edited = { ...message, id: crypto.randomUUID(), createdAt: Date.now(), text };
  addMessage(conversationId, edited, messagesBefore(conversationId, messageId).at(-1)?.id ?? null);
  void answer(conversationId);
  return true;
}

/**
 * Answers the question shown last, or makes an answer anew beside the one there is; one that says nothing is
 * replaced.
 */
export function regenerate(
  conversationId: string,
  messageId = messagesOf(conversationId).at(-1)?.id ?? "",
  as?: DrawnWith,
): void {
  const message = useChat.getState().messages[messageId];
  if (!message || !mayAsk()) return;
  if (message.role === "user") {
    void answer(conversationId, messageId, {}, as);
    return;
  }
  const questionId = messagesBefore(conversationId, messageId).at(-1)?.id;
  if (questionId === undefined) return;
  if (message.text === "" && message.reasoning === "") removeMessage(conversationId, messageId);
  const { leftOut, leftOutTokens } = message;
  const left = { ...(leftOut && { leftOut }), ...(leftOutTokens && { leftOutTokens }) };
  void answer(conversationId, questionId, left, as);
}

/** Makes an answer anew with the settings and the seed of one: the same model writes the same again. */
export function repeatAnswer(conversationId: string, { id, drawnWith, figures }: AnswerMessage): void {
  if (!drawnWith || !figures) return;
  const sampling = { ...drawnWith.sampling, seed: figures.seed ?? null };
  regenerate(conversationId, id, { ...drawnWith, sampling });
}

/** Loads another model, and has it answer the same question beside the answer there is. */
export async function answerWithModel(
  conversationId: string,
  messageId: string,
  model: StoredModel,
): Promise<void> {
  await changeModel(model, null);
  const { status } = useEngine.getState();
  if (status.phase === "ready" && status.model.id === model.id) regenerate(conversationId, messageId);
}

/**
 * Goes on with an answer that was stopped, cut short or interrupted, from where it is; what was read is not
 * read again.
 */
export function continueAnswer(conversationId: string, messageId: string): void {
  if (mayAsk()) void write(conversationId, messageId);
}

/** The same in a full context, the oldest turns left out from here on. */
export function continueWithoutOldest(conversationId: string, messageId: string): void {
  if (mayAsk()) void write(conversationId, messageId, { leavesOutOldest: true });
}

/** Ends the running answer where it is, on screen at once. */
export function stop(): void {
  const run = current;
  if (!run) return;
  const { generation } = useChat.getState();
  const progress = generation.phase === "running" ? generation.progress : null;
  const read =
    progress?.phase === "reading" ? { tokens: progress.readTokens, total: progress.totalTokens } : null;
  run.abort.abort();
  end(run);
  changeAnswer(run.conversationId, run.messageId, (message) => ({
    ...message,
    state: { kind: "done", finish: "stopped", ...(read && { read }) },
  }));
  void save(run.conversationId);
}

/**
 * A chat that another tab deleted goes here too, and an answer under way with it. What was being typed in it
 * is kept for a new chat.
 */
export function leaveDeletedChat(id: string): void {
  if (current?.conversationId === id) stop();
  if (useChat.getState().openId === id && draftOf(null) === "") keepDraft(null, draftOf(id));
  keepDraft(id, "");
  void dropDeletedChat(id);
  forgetReading(id);
}

/** Ends the reading of a deleted chat and deletes what was kept of it. */
function forgetReading(id: string): void {
  stopIdleReading();
  void engine.call("forgetChats", [[id]]).catch(() => undefined);
}

/** Deletes a chat, its running answer stopped first. */
export function discardChat(id: string): void {
  if (current?.conversationId === id) stop();
  void deleteChat(id);
  keepDraft(id, "");
  stopIdleReading();
  void engine.call("forgetChats", [[id]]).catch(() => undefined);
}

/** Stops the running answer and loads another model, or the same with another context length. */
export async function changeModel(model: StoredModel, contextLength: number | null): Promise<void> {
  stop();
  await engineIdle;
  await switchToModel(model, contextLength);
}

/**
 * Another tab wants to load a model: an answer under way ends where it is, is stored, and the memory is given
 * back.
 */
export async function giveModelAway(): Promise<void> {
  const run = current;
  stop();
  await engineIdle;
  if (run) await save(run.conversationId);
  await leaveModel();
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
  leftOut: Pick<AnswerMessage, "leftOut" | "leftOutTokens"> = {},
  as?: DrawnWith,
): Promise<void> {
  const messageId = crypto.randomUUID();
  const message: AnswerMessage = {
    id: messageId,
    role: "assistant",
    createdAt: Date.now(),
    text: "",
    reasoning: "",
    modelName: null,
    state: { kind: "streaming" },
    figures: null,
    ...leftOut,
  };
  addMessage(conversationId, message, questionId);
  await write(conversationId, messageId, as && { as });
}

/** Writes an answer, from its beginning or from where it is. */
async function write(
  conversationId: string,
  messageId: string,
  { leavesOutOldest = false, as }: { readonly leavesOutOldest?: boolean; readonly as?: DrawnWith } = {},
): Promise<void> {
  const abort = new AbortController();
  const run: Run = (current = { conversationId, messageId, abort, ...(as && { as }) });
  const change = (changed: (message: AnswerMessage) => AnswerMessage) =>
    changeAnswer(conversationId, messageId, changed);
  change(({ overflow: _, ...message }) => ({ ...message, state: { kind: "streaming" } }));
  show(run, { phase: "waiting" });

  const isStopped = () => run.abort.signal.aborted;
  const timed = timeThoughts();
  const first = timeFirstToken();
  const batcher = frameBatcher(addEvent, (batch) => {
    if (isStopped()) return;
    first.see(batch.progress);
    change((message) => timed(addBatch(message, batch)));
    show(run, batch.progress);
  });
  stopIdleReading();
  const endMark = markAnswering(conversationId);
  try {
    await engineIdle;
    const { model, loaded } = await readyModel(run.abort.signal);
    if (isStopped()) return;
    change((message) => ({ ...message, modelName: model.name, drawnWith: drawnWith(run, loaded) }));
    if (leavesOutOldest) await leaveOutOldest(run, requestOf(run, loaded));
    if (isStopped()) return;
    const before = answerOf(run)?.figures ?? null;
    first.begin();
    const call = engine.call("generate", [requestOf(run, loaded)], {
      signal: run.abort.signal,
      onProgress: batcher.add,
    });
    engineIdle = call.catch(() => undefined);
    const result: GenerateResult = await call;
    batcher.flush();
    change(first.note);
    // Stopped, it says so already, or goes on by now; what it took is still news, if it wrote anything.
    if (!isStopped()) change((message) => finishAnswer(message, result, before));
    else if (result.generatedTokens > 0)
      change((message) => ({ ...finishAnswer(message, result, before), state: message.state }));
    if (result.finish === "context-full") await countOverflow(run, requestOf(run, loaded));
    noteReading(model.id, result);
    void findQuotationsOf(conversationId, messageId);
  } catch (cause) {
    batcher.flush();
    const error = asWireError(cause);
    if (isStopped()) return;
    fail(run, error);
    const { status } = useEngine.getState();
    if (error.code === "context-full" && status.phase === "ready")
      await countOverflow(run, requestOf(run, status.loaded));
  } finally {
    end(run);
    await save(conversationId);
    endMark();
    if (!isAnswering()) void goOnInIdleTime(conversationId, messageId);
  }
}

/** The answer is read for the next question, and the chat gets its name, until something is asked. */
async function goOnInIdleTime(conversationId: string, messageId: string): Promise<void> {
  await readInIdleTime(conversationId, messageId);
  if (!isAnswering()) await nameChat(conversationId);
}

function answerOf({ messageId }: Run): AnswerMessage | undefined {
  const message = useChat.getState().messages[messageId];
  return message?.role === "assistant" ? message : undefined;
}

const drawnWith = ({ conversationId, as }: Run, loaded: LoadedModel): DrawnWith =>
  as ?? drawnWithNow(conversationId, loaded);

/** The request for an answer: what is before it, what there is of it, and how the person wants it. */
function requestOf(run: Run, loaded: LoadedModel): GenerateRequest {
  const { systemPrompt, sampling, ...mode } = drawnWith(run, loaded);
  const message = answerOf(run);
  const hasBegun = message !== undefined && (message.text !== "" || message.reasoning !== "");
  return {
    chatId: run.conversationId,
    messages: promptOf(systemPrompt, heardBefore(run)),
    ...modeKnownTo(loaded.description, mode),
    sampling,
    maxNewTokens: answersFor(run.conversationId, loaded).maxNewTokens,
    answerId: run.messageId,
    ...(hasBegun && { begun: { reasoning: message.reasoning, text: message.text } }),
  };
}

const heardBefore = (run: Run) =>
  heardMessages(messagesBefore(run.conversationId, run.messageId), answerOf(run));

/** Chooses the oldest turns that have to go for the prompt to fit, and keeps that with the answer. */
async function leaveOutOldest(run: Run, request: GenerateRequest): Promise<void> {
  const room = await engine.call("makeRoom", [request]);
  const heard = heardBefore(run);
  const nInstructions = request.messages.length - heard.length;
  const dropped = room.dropped.map((at) => heard[at - nInstructions]!.id);
  if (dropped.length === 0) return;
  const path = messagesBefore(run.conversationId, run.messageId);
  const leftOutBefore = path.findLast((m) => m.role === "assistant" && m.leftOutTokens !== undefined);
  const tokensBefore = leftOutBefore?.role === "assistant" ? (leftOutBefore.leftOutTokens ?? 0) : 0;
  changeAnswer(run.conversationId, run.messageId, (message) => ({
    ...message,
    leftOut: [...leftOutOf([...path, message]), ...dropped],
    leftOutTokens: (message.leftOutTokens ?? tokensBefore) + room.tokens,
  }));
}

/**
 * After the context was full: counts what leaving out the oldest turns would free, for the person to choose.
 */
async function countOverflow(run: Run, request: GenerateRequest): Promise<void> {
  try {
    const { turns, tokens, promptTokens, contextLength } = await engine.call("makeRoom", [request]);
    const overflow = promptTokens < contextLength ? { turns, tokens } : { turns: 0, tokens: 0 };
    changeAnswer(run.conversationId, run.messageId, (message) => ({ ...message, overflow }));
  } catch {
    // The other choices are there all the same; leaving out is offered where it is known to help.
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
  const { generation } = useChat.getState();
  useChat.setState({
    generation: { phase: "none", ...(generation.phase === "running" && { last: generation }) },
  });
}

/** The loaded model, once the one on its way is. @throws the error that kept it away, or CancelledError */
async function readyModel(signal: AbortSignal) {
  for (;;) {
    const { status } = useEngine.getState();
    if (status.phase === "ready") return status;
    if (status.phase === "failed") throw asError(status.error);
    if (status.phase === "elsewhere") throw asError(inAnotherTab());
    const { transfer } = useModels.getState();
    if (readiness(status, transfer) === "not") {
      if (transfer.phase === "failed") throw asError(transfer.error);
      throw asError({
        code: "prompt",
        message: t("No model is loaded, so nothing can answer yet."),
        hint: t("Choose a model, then try again."),
      });
    }
    await nextChange(signal);
  }
}

const inAnotherTab = (): WireError => ({
  code: "prompt",
  message: t("The model runs in another tab of this browser."),
  hint: t("Ask there, or press “Use it here” first."),
});

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
      follow(useEngine, whole, onChange),
      follow(useModels, whole, onChange),
      () => signal.removeEventListener("abort", onAbort),
    ];
    if (signal.aborted) onAbort();
  });
}
