import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { StateStorage } from "../../storage/chats/states";
import { stubBrowserGpu } from "../../testing/gpu/browser-gpu";
import { openNodeFile } from "../../testing/models/node-file";
import { readHeader } from "../models/describe";
import { memory } from "../calls/device";
import { generate } from "../calls/chat";
import { prepare, leaveOthers } from "../calls/reading";
import { Engine } from "../engine";
import { ChatStates } from "./chat-states";

// One format of weights, so that few shaders have to compile.
const source = await openNodeFile("goldens/nano-F32.gguf");
const header = await readHeader(source, "nano-F32.gguf");
/** The bytes of a token's keys and values: one layer of one head of 64, in halves. */
const bytesPerToken = 2 * 64 * 2;

const ignore = () => undefined;
const never = new AbortController().signal;
/** More than a new chat has room for. */
const long = "x ".repeat(700);
const sampling = { ...header.description.sampling.answering, temperature: 0, seed: 1 };

beforeAll(() => stubBrowserGpu());
afterAll(() => void vi.unstubAllGlobals());

async function start(chatStates?: ChatStates) {
  const engine = new Engine(ignore, undefined, chatStates);
  const options = { contextLength: 4096, kv: "f16" } as const;
  await engine.load({ id: "nano", header, options, progress: ignore, signal: never });
  const ask = (chatId: string, content: string) => {
    const messages = [{ role: "user", content }] as const;
    return generate(engine, { chatId, messages, thinking: false, sampling, maxNewTokens: 1 }, ignore, never);
  };
  return { engine, ask, liveBytes: async () => (await memory(engine)).liveBytes };
}

it("a chat that was left gives back what its context took, and comes back from storage", async () => {
  const { engine, ask, liveBytes } = await start(new ChatStates(new StateStorage("left-chats")));
  const atFirst = await liveBytes();
  const { promptTokens } = await ask("a", long);
  expect(promptTokens).toBeGreaterThan(1024);
  const whole = await liveBytes();
  expect(whole - atFirst).toBeGreaterThanOrEqual(1024 * bytesPerToken);

  await leaveOthers(engine, "a");
  expect(await liveBytes()).toBe(whole); // it is the one that is open
  await leaveOthers(engine, "b");
  expect(await liveBytes()).toBe(atFirst);

  const again = await ask("a", long);
  expect(again.reusedTokens).toBeGreaterThan(promptTokens - 32);
  expect(again.notReused).toBeUndefined();

  await ask("b", "x");
  expect(await liveBytes()).toBe(atFirst); // another chat's question gives it back, too
  await engine.unload();
});

it("reading for the chat that is open goes on meanwhile", async () => {
  const { engine, ask } = await start(new ChatStates(new StateStorage("left-chats-2")));
  await ask("a", "x");
  const messages = [
    { role: "user", content: "x ".repeat(200) },
    { role: "assistant", content: "y" },
  ] as const;
  const reading = prepare(engine, { chatId: "b", messages, thinking: false }, ignore, never);
  await leaveOthers(engine, "b");
  const { readTokens, totalTokens } = await reading;
  expect([readTokens, totalTokens > 200]).toEqual([totalTokens, true]);
  await engine.unload();
});

it("what can not be stored stays", async () => {
  const { engine, ask, liveBytes } = await start();
  const { promptTokens } = await ask("a", long);
  const whole = await liveBytes();
  await leaveOthers(engine, "b");
  expect(await liveBytes()).toBe(whole);
  expect((await ask("a", long)).reusedTokens).toBeGreaterThan(promptTokens - 32);
  await engine.unload();
});
