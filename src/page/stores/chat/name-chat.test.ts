import "fake-indexeddb/auto";
import { beforeEach, expect, it, vi } from "vitest";
import { engine } from "../../../worker/rpc/client";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { StoredModel } from "../../../worker/rpc/protocol/model";
import { useEngine } from "../models/engine";
import { changeSettings, defaultSettings, useSettings } from "../settings/settings";
import { appendMessage, renameChat, startConversation, useChat, type AnswerMessage } from "./chat";
import { stopIdleReading } from "./idle-reading";
import { nameChat } from "./name-chat";

const call = vi.spyOn(engine, "call");
const thinking = { supported: false, byDefault: false };
const modes = { efforts: [], usualEffort: null, keepsThoughts: null };
const loaded = { description: { thinking, modes, sampling: {} } } as unknown as LoadedModel;
const isReadyWith = (origin: object) =>
  useEngine.setState({ status: { phase: "ready", model: { origin } as StoredModel, loaded } });

const answer: AnswerMessage = {
  id: "",
  role: "assistant",
  createdAt: 0,
  text: "17 coins.",
  reasoning: "",
  modelName: "M",
  state: { kind: "done", finish: "stop" },
  figures: null,
};
const question = { id: "", role: "user", createdAt: 0, text: "How much is the lantern?" } as const;

let chat = "";
beforeEach(() => {
  useSettings.setState(defaultSettings);
  isReadyWith({ kind: "url" });
  chat = startConversation("How much is the lantern?");
  for (const message of [question, answer]) appendMessage(chat, { ...message, id: crypto.randomUUID() });
  call.mockReset().mockResolvedValue("Prices of lanterns");
});
const summary = () => useChat.getState().summaries.find(({ id }) => id === chat);

it("a chat is named after its first answer, by what was said in it", async () => {
  await nameChat(chat);
  expect(summary()).toMatchObject({ title: "Prices of lanterns", titledBy: "model" });
  expect(call.mock.calls[0]!.slice(0, 2)).toEqual([
    "suggestTitle",
    [
      {
        chatId: chat,
        messages: [
          { role: "user", content: "How much is the lantern?" },
          { role: "assistant", content: "17 coins." },
        ],
        thinking: false,
      },
    ],
  ]);
  await nameChat(chat);
  expect(call).toHaveBeenCalledTimes(1);
});

it.each<[string, () => void]>([
  ["by the demo model", () => isReadyWith({ kind: "bundled" })],
  ["when it is switched off", () => changeSettings({ titlesByModel: false })],
  ["when a person named it", () => renameChat(chat, "Lanterns")],
  ["without a model", () => useEngine.setState({ status: { phase: "empty" } })],
  [
    "when much was said already",
    () => {
      for (const one of [question, answer, question, answer])
        appendMessage(chat, { ...one, id: crypto.randomUUID() });
    },
  ],
])("is not named %s", async (_, happens) => {
  happens();
  const before = summary();
  await nameChat(chat);
  expect(call).not.toHaveBeenCalled();
  expect(summary()).toEqual(before);
});

it("a name that a person gave meanwhile stays, and what is asked ends the model's work on one", async () => {
  let signal: AbortSignal | undefined;
  let finish: (title: string | null) => void = () => undefined;
  call.mockImplementation((_name, _args, options) => {
    signal = options?.signal;
    return new Promise((resolve) => (finish = resolve as typeof finish));
  });
  const naming = nameChat(chat);
  stopIdleReading();
  expect(signal?.aborted).toBe(true);
  renameChat(chat, "Lanterns");
  finish("Prices of lanterns");
  await naming;
  expect(summary()).toMatchObject({ title: "Lanterns", titledBy: "person" });
});
