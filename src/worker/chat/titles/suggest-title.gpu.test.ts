import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { StateStorage } from "../../../storage/chats/states";
import { stubBrowserGpu } from "../../../testing/gpu/browser-gpu";
import { openNodeFile } from "../../../testing/models/node-file";
import { readHeader } from "../../models/describe";
import { generate } from "../../calls/chat";
import { prepare, title } from "../../calls/reading";
import { Engine } from "../../engine";
import { ChatStates } from "../chat-states";

// One format of weights, so that few shaders have to compile.
const source = await openNodeFile("goldens/nano-F32.gguf");
const header = await readHeader(source, "nano-F32.gguf");
const ignore = () => undefined;
const never = new AbortController().signal;
const sampling = { ...header.description.sampling.answering, temperature: 0, seed: 1 };

let engine: Engine;
beforeAll(async () => {
  stubBrowserGpu();
  engine = new Engine(ignore, undefined, new ChatStates(new StateStorage("titles")));
  const options = { contextLength: 4096, kv: "f16" } as const;
  await engine.load({ id: "nano", header, options, progress: ignore, signal: never });
});
afterAll(async () => {
  await engine.unload();
  vi.unstubAllGlobals();
});

const heldIds = () => [...engine.loaded().session.heldIds];

/**
 * A conversation that was read to its end, as idle time leaves it, and a question that goes on from there.
 * Each is about another letter, so that none reuses what another read.
 */
async function conversation(letter: string) {
  const chat = { chatId: letter, thinking: false } as const;
  const messages = [
    { role: "user", content: `${letter} `.repeat(150) },
    { role: "assistant", content: "y ".repeat(20) },
  ] as const;
  await prepare(engine, { ...chat, messages }, ignore, never);
  return {
    held: heldIds(),
    suggest: () => title(engine, { ...chat, messages }, never),
    ask: async () => {
      const asked = [...messages, { role: "user", content: "z" } as const];
      const request = { ...chat, messages: asked, sampling, maxNewTokens: 4 };
      const { promptTokens, reusedTokens } = await generate(engine, request, ignore, never);
      return { reusedTokens, newTokens: promptTokens - reusedTokens };
    },
  };
}

it("the next question reuses as much, and reads as little, whether or not a title was made before it", async () => {
  const without = await conversation("v");
  const expected = await without.ask();
  expect(expected.reusedTokens).toBe(without.held.length);

  const named = await conversation("w");
  await named.suggest();
  expect(heldIds()).toEqual(named.held);
  expect(engine.loaded().unsavedChat).toBeNull();
  expect(await named.ask()).toEqual({ ...expected, reusedTokens: named.held.length });

  const interrupted = await conversation("x");
  const suggested = interrupted.suggest();
  const asked = await interrupted.ask(); // ends the title at once
  expect(await suggested).toBeNull();
  expect(asked).toEqual({ ...expected, reusedTokens: interrupted.held.length });
});

it("of a conversation that is not in memory none is made: it would have to be read", async () => {
  const { suggest } = await conversation("s");
  const { held } = await conversation("t");
  expect(await suggest()).toBeNull();
  expect(heldIds()).toEqual(held);
});
