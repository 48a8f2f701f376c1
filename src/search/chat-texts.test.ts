import "fake-indexeddb/auto";
import { expect, it, vi } from "vitest";
import { linearTree } from "../storage/chats/message-tree";
import { ConversationStorage } from "../storage/chats/conversations";
import { ChatTexts } from "./chat-texts";
import { findChats } from "./find-chats";

const store = (storage: ConversationStorage, id: string, text: string) =>
  storage.write({
    id,
    title: id,
    createdAt: 1,
    updatedAt: Number(id.slice(1)),
    messages: [{ id: `${id}q`, role: "user", createdAt: 1, text }],
    tree: linearTree([`${id}q`]),
  });

it("reads each chat once, and again what was told to have changed", async () => {
  const storage = new ConversationStorage("chat-texts-test");
  for (let i = 1; i <= 50; i++) await store(storage, `c${i}`, `word number${i}.`);
  const read = vi.spyOn(storage, "read");
  const texts = new ChatTexts(storage);
  const idsOf = async (query: string) => findChats(await texts.all(), query).map(({ id }) => id);
  expect(await idsOf("number37.")).toEqual(["c37"]);
  expect(await idsOf("word number4")).toEqual([...Array.from({ length: 10 }, (_, i) => `c${49 - i}`), "c4"]);
  expect(read).toHaveBeenCalledTimes(50);
  await store(storage, "c37", "another text");
  await storage.remove("c4");
  texts.forget("c37");
  texts.forget("c4");
  expect(await idsOf("number37.")).toEqual([]);
  expect(await idsOf("another")).toEqual(["c37"]);
  expect(await idsOf("number4.")).toEqual([]);
  expect(read).toHaveBeenCalledTimes(51);
});
