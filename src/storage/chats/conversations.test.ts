import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { createStore, entries, set, setMany } from "idb-keyval";
import { addChild, linearTree } from "./message-tree";
import { ConversationStorage, type AnswerMessage, type Conversation } from "./conversations";
import { FORMAT, FORMAT_KEY } from "./format";

let databases = 0;
/** A database of its own for each test. */
const newStorage = () => new ConversationStorage(`conversations-test-${databases++}`);

const answer = (state: AnswerMessage["state"]): AnswerMessage => ({
  id: "m2",
  role: "assistant",
  createdAt: 2,
  text: "The red lantern costs",
  reasoning: "",
  modelName: "Demo",
  state,
  figures: null,
});

const conversation = (id: string, updatedAt: number, state: AnswerMessage["state"]): Conversation => ({
  id,
  title: `Chat ${id}`,
  createdAt: 1,
  updatedAt,
  messages: [{ id: "m1", role: "user", createdAt: 1, text: "How much?" }, answer(state)],
  tree: linearTree(["m1", "m2"]),
});

const done = { kind: "done", finish: "stop" } as const;

describe("ConversationStorage", () => {
  it("gives back what was written, to another instance too", async () => {
    const storage = new ConversationStorage("conversations-test-shared");
    await storage.write(conversation("a", 5, done));
    const again = new ConversationStorage("conversations-test-shared");
    expect(await again.read("a")).toEqual(conversation("a", 5, done));
  });

  it("a chat stored before there were branches opens with all its messages, and can be written as a tree", async () => {
    const name = `conversations-test-${databases++}`;
    const { tree, ...old } = conversation("a", 5, done);
    const { messages: _, ...summary } = old;
    await setMany(
      [
        ["conversation:a", old],
        ["index", { a: summary }],
      ],
      createStore(name, "conversations"),
    );
    const storage = new ConversationStorage(name);
    const opened = await storage.read("a");
    expect(opened).toEqual({ ...old, tree });
    const again = { ...answer(done), id: "m3" };
    const branched = { ...opened!, messages: [...old.messages, again], tree: addChild(tree, "m1", "m3") };
    await storage.write(branched);
    expect(await new ConversationStorage(name).read("a")).toEqual(branched);
    expect(await storage.list()).toEqual([summary]);
  });

  it("lists summaries without messages, the last changed first", async () => {
    const storage = newStorage();
    for (const [id, at] of [
      ["a", 1],
      ["b", 3],
      ["c", 2],
    ] as const)
      await storage.write(conversation(id, at, done));
    const list = await storage.list();
    expect(list.map((c) => c.id)).toEqual(["b", "c", "a"]);
    expect(list[0]).not.toHaveProperty("messages");
  });

  it("an answer stored while it streamed comes back as interrupted, with its text", async () => {
    const storage = newStorage();
    await storage.write(conversation("a", 1, { kind: "streaming" }));
    expect((await storage.read("a"))?.messages[1]).toEqual(answer({ kind: "interrupted" }));
  });

  it("a removed conversation is gone from list and storage, the others stay", async () => {
    const storage = newStorage();
    await storage.write(conversation("a", 1, done));
    await storage.write(conversation("b", 2, done));
    await storage.remove("a");
    expect(await storage.read("a")).toBeUndefined();
    expect((await storage.list()).map((c) => c.id)).toEqual(["b"]);
    expect(await storage.read("b")).toBeDefined();
  });

  it("writes at the same time from two tabs lose no index entry", async () => {
    const [one, two] = [
      new ConversationStorage("conversations-test-tabs"),
      new ConversationStorage("conversations-test-tabs"),
    ];
    await Promise.all([one.write(conversation("a", 1, done)), two.write(conversation("b", 2, done))]);
    expect((await one.list()).map((c) => c.id)).toEqual(["b", "a"]);
  });

  it("a record that can not be written is a StorageError, and leaves the index as it was", async () => {
    const storage = newStorage();
    await storage.write(conversation("a", 1, done));
    const uncloneable = { ...conversation("b", 2, done), title: (() => "") as unknown as string };
    await expect(storage.write(uncloneable)).rejects.toMatchObject({ code: "storage" });
    expect((await storage.list()).map((c) => c.id)).toEqual(["a"]);
  });

  it("chats that the index does not name, or names wrongly, are listed by their records", async () => {
    const name = `conversations-test-${databases++}`;
    const storage = new ConversationStorage(name);
    for (const [id, at] of [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ] as const)
      await storage.write(conversation(id, at, done));
    const expected = await storage.list();
    const store = createStore(name, "conversations");
    for (const index of [undefined, "nothing", { a: null, b: { id: "b", title: 7 }, gone: expected[0] }]) {
      await set("index", index, store);
      expect(await storage.list()).toEqual(expected);
    }
    await storage.write(conversation("d", 4, done));
    expect((await storage.list()).map((c) => c.id)).toEqual(["d", "c", "b", "a"]);
  });

  it("a damaged record is listed and opens with what is left of it", async () => {
    const name = `conversations-test-${databases++}`;
    await set(
      "conversation:a",
      { messages: [{ id: "m1", role: "user" }, null] },
      createStore(name, "conversations"),
    );
    const storage = new ConversationStorage(name);
    expect(await storage.list()).toEqual([
      { id: "a", title: "Damaged chat", createdAt: 0, updatedAt: 0, isDamaged: true },
    ]);
    const opened = await storage.read("a");
    expect(opened?.messages).toEqual([{ id: "m1", role: "user", createdAt: 0, text: "" }]);
    await storage.write(opened!);
    expect(await storage.list()).toEqual([{ id: "a", title: "Damaged chat", createdAt: 0, updatedAt: 0 }]);
  });

  it("a chat can be deleted where nothing can be put: its record counts, not the index", async () => {
    const storage = newStorage();
    await storage.write(conversation("a", 1, done));
    await storage.write(conversation("b", 2, done));
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore) {
      const { transaction } = this;
      transaction.abort();
      const error = new DOMException("full", "QuotaExceededError");
      Object.defineProperty(transaction, "error", { value: error });
      return {} as IDBRequest<IDBValidKey>;
    });
    await expect(storage.write(conversation("c", 3, done))).rejects.toMatchObject({ code: "storage-full" });
    await storage.remove("a");
    put.mockRestore();
    expect((await storage.list()).map((c) => c.id)).toEqual(["b"]);
  });

  it("facts are changed alone, in the record and in the list", async () => {
    const storage = newStorage();
    await storage.write(conversation("a", 1, done));
    const facts = { title: "Prices", titledBy: "person", isPinned: true, folder: "Work" } as const;
    expect(await storage.changeFacts("a", facts)).toBe(true);
    expect(await storage.list()).toEqual([{ id: "a", createdAt: 1, updatedAt: 1, ...facts }]);
    expect(await storage.read("a")).toEqual({ ...conversation("a", 1, done), ...facts });
    expect(await storage.changeFacts("gone", facts)).toBe(false);
    expect((await storage.list()).length).toBe(1);
  });

  it("a store of a newer version of the app is refused in words, and left as it is", async () => {
    const name = `conversations-test-${databases++}`;
    await new ConversationStorage(name).write(conversation("a", 1, done));
    const store = createStore(name, "conversations");
    await set(FORMAT_KEY, FORMAT + 1, store);
    const before = await entries(store);
    const storage = new ConversationStorage(name);
    const words = {
      code: "storage",
      message: "The chats here were stored by a newer version of this app.",
      hint: "Reload the page to get that version. Nothing was changed.",
    };
    await expect(storage.list()).rejects.toMatchObject(words);
    await expect(storage.read("a")).rejects.toMatchObject(words);
    await expect(storage.write(conversation("b", 2, done))).rejects.toMatchObject(words);
    await expect(storage.changeFacts("a", { title: "Other" })).rejects.toMatchObject(words);
    await expect(storage.remove("a")).rejects.toMatchObject(words);
    expect(await entries(store)).toEqual(before);
  });
});
