import { beforeEach, expect, it, vi } from "vitest";
import { engine } from "../../../worker/rpc/client";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { StoredModel } from "../../../worker/rpc/protocol/model";
import { draftChatId, useChat } from "./chat";
import { useEngine } from "../models/engine";
import { giveBackLeftChats } from "./left-chats";

const call = vi.spyOn(engine, "call").mockResolvedValue(undefined);
vi.useFakeTimers();
giveBackLeftChats();

beforeEach(() => {
  const ready = { phase: "ready", model: {} as StoredModel, loaded: {} as LoadedModel } as const;
  useEngine.setState({ status: ready });
  useChat.setState({ openId: "a", generation: { phase: "none" } });
  vi.runAllTimers();
  call.mockClear();
});

it("a while after another chat was opened, what others take is given back", () => {
  useChat.setState({ openId: "b" });
  expect(call).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(call.mock.calls).toEqual([["leaveOthers", ["b"]]]);
});

it("a new chat counts by the id that it will have", () => {
  useChat.setState({ openId: null });
  vi.runAllTimers();
  expect(call.mock.calls).toEqual([["leaveOthers", [draftChatId()]]]);
});

it("a look at another chat and back gives nothing back of the first", () => {
  useChat.setState({ openId: "b" });
  vi.advanceTimersByTime(3000);
  useChat.setState({ openId: "a" });
  vi.runAllTimers();
  expect(call.mock.calls).toEqual([["leaveOthers", ["a"]]]);
});

it("nothing is asked without a model", () => {
  useEngine.setState({ status: { phase: "empty" } });
  useChat.setState({ openId: "b" });
  vi.runAllTimers();
  expect(call).not.toHaveBeenCalled();
});

it("a chat that is still being answered gives its memory back a while after the answer has ended", () => {
  const progress = { phase: "waiting" } as const;
  const running = { phase: "running", conversationId: "a", messageId: "1", progress } as const;
  useChat.setState({ generation: running });
  useChat.setState({ openId: "b" });
  vi.runAllTimers();
  expect(call).not.toHaveBeenCalled();
  useChat.setState({ generation: { phase: "none" } });
  vi.runAllTimers();
  expect(call.mock.calls).toEqual([["leaveOthers", ["b"]]]);
  useChat.setState({ generation: running });
  useChat.setState({ generation: { phase: "none" } });
  vi.runAllTimers();
  expect(call).toHaveBeenCalledOnce(); // nothing was left since
});
