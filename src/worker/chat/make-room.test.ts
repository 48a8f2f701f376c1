import { expect, it } from "vitest";
import { openNodeFile } from "../../testing/models/node-file";
import type { TemplateMessage } from "../../engine/text/template/template-message";
import { createTextModel } from "../../engine/text/text-model";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { makeRoom } from "./make-room";

const file = await openNodeFile("public/models/demo/demo.gguf");
const text = createTextModel({ kind: "gguf", metadata: (await readGguf(file)).metadata });
await file.close();

const turn = (n: number): TemplateMessage[] => [
  { role: "user", content: `Question ${n}: what is the code of the green crate?` },
  { role: "assistant", content: "The code of the green crate is 48213." },
];
const chat: TemplateMessage[] = [
  { role: "system", content: "Be brief." },
  ...Array.from({ length: 8 }, (_, n) => turn(n)).flat(),
  { role: "user", content: "And now?" },
];
const options = { thinking: false };
const length = (messages: readonly TemplateMessage[]) => text.renderChat(messages, options).ids.length;

it("leaves out the oldest turns until a quarter of the context is free, and counts what is left by rendering it", () => {
  const contextLength = length(chat) - 1;
  const room = makeRoom(text, chat, options, contextLength);
  const left = chat.filter((_, at) => !room.dropped.includes(at));
  expect(room.promptTokens).toBe(length(left));
  expect(room.tokens).toBe(length(chat) - length(left));
  expect(room.promptTokens).toBeLessThanOrEqual(contextLength * 0.75);
  expect(room.dropped).toEqual(Array.from({ length: 2 * room.turns }, (_, i) => i + 1));
  const oneLess = chat.filter((_, at) => !room.dropped.slice(0, -2).includes(at));
  expect(length(oneLess)).toBeGreaterThan(contextLength * 0.75);
});

it("a turn with a document stays", () => {
  const withDocument = chat.map((message, at) =>
    at === 1 ? { ...message, documents: [{ name: "a", parts: ["b"] }] } : message,
  );
  expect(makeRoom(text, withDocument, options, 200).dropped).not.toContain(1);
  expect(makeRoom(text, withDocument, options, 200).dropped).not.toContain(2);
});

it("where nothing may go, says so: what is left is all there was", () => {
  const one: TemplateMessage[] = [{ role: "user", content: "word ".repeat(200) }];
  expect(makeRoom(text, one, options, 100)).toEqual({
    dropped: [],
    turns: 0,
    tokens: 0,
    promptTokens: length(one),
    contextLength: 100,
  });
});
