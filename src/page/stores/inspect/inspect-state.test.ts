import { beforeEach, expect, it, vi } from "vitest";
import { CancelledError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { InspectRequest, StateReport } from "../../../worker/rpc/protocol/inspect";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { StoredModel } from "../../../worker/rpc/protocol/model";
import { addChild, emptyTree, ROOT } from "../../../storage/chats/message-tree";
import { useChat, type AnswerMessage } from "../chat/chat";
import { useEngine } from "../models/engine";
import {
  dropOldStates,
  hideTokens,
  readLastAnswer,
  showTokens,
  stopReadingStates,
  useInspectState,
} from "./inspect-state";

const sampling = { temperature: 0, topK: 0, topP: 1, minP: 0, presencePenalty: 0, repetitionPenalty: 1 };
const answer = (id: string) =>
  ({
    id,
    role: "assistant",
    text: "Yes.",
    reasoning: "",
    state: { kind: "done" },
    modelName: "Nano",
    drawnWith: { systemPrompt: "", thinking: false, sampling },
  }) as unknown as AnswerMessage;

const report = {} as StateReport;
const description = {
  thinking: { supported: false, byDefault: false },
  modes: { efforts: [], usualEffort: null, keepsThoughts: null },
};
const load = () =>
  useEngine.setState({
    status: {
      phase: "ready",
      model: { name: "Nano" } as StoredModel,
      loaded: { description } as unknown as LoadedModel,
    },
  });
/** The request that the worker got last: it answers when the test says. */
let asked: { answerId: string; signal: AbortSignal; resolve: () => void; reject: (error: Error) => void };

vi.spyOn(engine, "call").mockImplementation((_name, [request]: readonly unknown[], options) => {
  const { answerId } = request as InspectRequest;
  const signal = options!.signal!;
  return new Promise<never>((resolve, reject) => {
    asked = { answerId, signal, resolve: () => resolve(report as never), reject };
  });
});

dropOldStates();

const begin = (messageId: string) =>
  useChat.setState({
    generation: { phase: "running", conversationId: "chat", messageId, progress: {} as never },
  });
const settled = () => new Promise((resolve) => setTimeout(resolve));
const shown = () => {
  const { state, shownAnswerId } = useInspectState.getState();
  return [state.phase, shownAnswerId];
};

beforeEach(() => {
  const tree = addChild(addChild(emptyTree, ROOT, "first"), "first", "last");
  useChat.setState({
    openId: "chat",
    trees: { chat: tree },
    threads: { chat: ["first", "last"] },
    messages: { first: answer("first"), last: answer("last") },
    generation: { phase: "none" },
  });
  useEngine.setState({ status: { phase: "empty" } });
  load();
  useInspectState.setState({ state: { phase: "idle" }, shownAnswerId: null, token: null });
});

async function showFirst() {
  showTokens("first");
  asked.resolve();
  await settled();
  expect(shown()).toEqual(["known", "first"]);
}

it("an answer shown by token becomes text again when another one is read", async () => {
  await showFirst();
  readLastAnswer();
  expect([asked.answerId, ...shown()]).toEqual(["last", "reading", null]);
  asked.resolve();
  await settled();
  expect(shown()).toEqual(["known", null]);
});

it("a reading that is stopped gives the text back", async () => {
  showTokens("first");
  expect(shown()).toEqual(["reading", "first"]);
  stopReadingStates();
  asked.reject(new CancelledError());
  await settled();
  expect(shown()).toEqual(["idle", null]);
});

it("what another model found is forgotten, also what it still reads", async () => {
  await showFirst();
  load();
  expect(shown()).toEqual(["idle", null]);
  showTokens("first");
  useEngine.setState({ status: { phase: "empty" } });
  expect(asked.signal.aborted).toBe(true);
  asked.resolve();
  await settled();
  expect(shown()).toEqual(["idle", null]);
});

it("without a model the text stays", () => {
  useEngine.setState({ status: { phase: "empty" } });
  showTokens("first");
  expect(shown()).toEqual(["idle", null]);
});

it("an answer that is gone on with while it is read is read no further, and what comes of it is dropped", async () => {
  showTokens("last");
  begin("last");
  expect([asked.signal.aborted, ...shown()]).toEqual([true, "idle", null]);
  useInspectState.setState({ token: 7 });
  asked.resolve();
  await settled();
  expect([useInspectState.getState().token, ...shown()]).toEqual([7, "idle", null]);
});

it("another answer that is drawn leaves what is known, and what is read", async () => {
  await showFirst();
  begin("last");
  expect(shown()).toEqual(["known", null]);
});

it("what is known is shown again without another reading", async () => {
  await showFirst();
  hideTokens();
  const { signal } = asked;
  showTokens("first");
  expect([asked.signal === signal, ...shown()]).toEqual([true, "known", "first"]);
});
