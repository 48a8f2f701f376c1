import "fake-indexeddb/auto";
import { createStore, entries, set } from "idb-keyval";
import { beforeAll, expect, it } from "vitest";
import { StateStorage } from "../../storage/chats/states";
import { stubBrowserGpu } from "../../testing/gpu/browser-gpu";
import { openNodeFile } from "../../testing/models/node-file";
import type { TemplateMessage } from "../../engine/text/template/template-message";
import type { ByteSource } from "../../engine/weights/bytes/byte-source";
import { readHeader } from "../models/describe";
import { generate } from "../calls/chat";
import { prepare as prepareChat } from "../calls/reading";
import { Engine } from "../engine";
import { ChatStates } from "./chat-states";

const source = await openNodeFile(new URL("../../../public/models/demo/demo.gguf", import.meta.url).pathname);
const header = await readHeader(source, "demo.gguf");

/** The weights of one matrix are others: what a file is after it was trained on. */
const trained = header.gguf.tensors.get("output_norm.weight")!;
const otherSource: ByteSource = {
  sizeBytes: source.sizeBytes,
  read: async (offset, length) => {
    const bytes = await source.read(offset, length);
    const [first, end] = [trained.offset - offset, trained.offset + trained.sizeBytes - offset];
    for (let at = Math.max(0, first); at < Math.min(length, end); at++) bytes[at]! ^= 1;
    return bytes;
  },
};

const ignore = () => undefined;
const never = new AbortController().signal;
const states = new StateStorage("kept-chats");
const parts = createStore("kept-chats", "states");
let engine: Engine;

beforeAll(() => {
  stubBrowserGpu();
  engine = new Engine(ignore, undefined, new ChatStates(states));
});

/** Starts as after a reload of the page: nothing of what was read is left in memory. */
async function reload(from: ByteSource = source) {
  await engine.unload();
  const options = { contextLength: 512 };
  const loaded = { ...header, source: from };
  await engine.load({ id: "demo", header: loaded, options, progress: ignore, signal: never });
}

const facts = "The code of the green crate is 48213. The red lantern costs 17 coins. ".repeat(3);
const first: TemplateMessage[] = [{ role: "user", content: `${facts}What is the code?` }];
const sampling = { ...header.description.sampling.answering, temperature: 0, seed: 1 };

async function ask(chatId: string, messages: readonly TemplateMessage[]) {
  let content = "";
  const result = await generate(
    engine,
    { chatId, messages, thinking: false, sampling, maxNewTokens: 8 },
    (event) => event.kind === "writing" && (content += event.answer),
    never,
  );
  return { ...result, messages: [...messages, { role: "assistant", content } as const] };
}

const prepare = (chatId: string, messages: readonly TemplateMessage[], signal = never) =>
  prepareChat(engine, { chatId, messages, thinking: false }, ignore, signal);

const next = { role: "user", content: "And what does the lantern cost?" } as const;

it("an answer is read again in idle time and saved: the next question costs only itself, also after a reload", async () => {
  await reload();
  const answer = await ask("a", first);
  const prepared = await prepare("a", answer.messages);
  expect(prepared).toMatchObject({ isStored: true, readTokens: prepared.totalTokens });
  expect(prepared.readTokens).toBeGreaterThan(answer.promptTokens - 10);

  const live = await ask("a", [...answer.messages, next]);
  expect(live.reusedTokens).toBe(prepared.readTokens);

  await reload();
  const restored = await ask("a", [...answer.messages, next]);
  // Unloading has saved the second question too; all but its mark's end is there.
  expect(restored.reusedTokens).toBeGreaterThan(prepared.readTokens);
  expect(restored.notReused).toBeUndefined();
  expect(restored.messages).toEqual(live.messages);
});

it("another chat about the same text reads only what is new, and the first is there again after it", async () => {
  const other = [...first.slice(0, 1), { role: "assistant", content: "48213" } as const, next];
  const asked = await ask("b", other);
  expect(asked.reusedTokens).toBeGreaterThan(asked.promptTokens - 40);
  expect((await states.list()).map(({ chatId }) => chatId)).toContain("a");
});

it("any other call ends idle reading at once, and is answered", async () => {
  await reload();
  const long: TemplateMessage[] = [{ role: "user", content: facts.repeat(3) }];
  const [idle, answer] = await Promise.all([
    prepare("c", [...long, { role: "assistant", content: "Yes." }]),
    ask("d", [{ role: "user", content: "Hello" }]),
  ]);
  expect(idle.readTokens).toBeLessThan(idle.totalTokens === 0 ? 1 : idle.totalTokens);
  expect(idle.isStored).toBe(false);
  expect(answer.generatedTokens).toBeGreaterThan(0);
});

it("a model whose weights are others reads anew, and says so", async () => {
  await reload(otherSource);
  const answer = await ask("a", first);
  expect(answer.notReused).toMatchObject({ code: "other-model" });
  expect(answer.reusedTokens).toBe(0);
});

it("a damaged part is told, and the answer is the same", async () => {
  await reload();
  await states.remove(({ chatId }) => chatId !== "a");
  const before = await ask("a", first);
  for (const [key, value] of await entries<[string, string], Blob>(parts)) {
    if (key[0] !== "part") continue;
    const bytes = new Uint8Array(await value.arrayBuffer());
    bytes[bytes.length >> 1]! ^= 1;
    await set(key, new Blob([bytes]), parts);
  }
  await reload();
  const after = await ask("a", first);
  expect(before.reusedTokens).toBeGreaterThan(0);
  expect(after).toMatchObject({ reusedTokens: 0, notReused: { code: "damaged" } });
  expect(after.messages).toEqual(before.messages);
});
