import "fake-indexeddb/auto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createStore, entries, setMany } from "idb-keyval";
import { describe, expect, it } from "vitest";
import { ConversationStorage, type Conversation } from "./conversations";
import { FORMAT } from "./format";
import { shownPath } from "./message-tree";

// Each was written by the code of the commit that it names, and shows what that version added to the store.
const folder = join(import.meta.dirname, "fixtures");
interface Fixture {
  readonly commit: string;
  readonly entries: [string, unknown][];
}
const fixtures = readdirSync(folder).map((file): [string, Fixture] => [
  file.replace(".json", ""),
  JSON.parse(readFileSync(join(folder, file), "utf8")) as Fixture,
]);

it("there is a store of every format so far, and of before formats were written down", () => {
  const formats = fixtures.map(([, { entries }]) => new Map(entries).get("format") ?? 0);
  expect([...new Set(formats)].sort()).toEqual(Array.from({ length: FORMAT + 1 }, (_, format) => format));
});

describe.each(fixtures)("a store of the version “%s”", (name, fixture) => {
  const database = `stored-${name}`;
  const store = createStore(database, "conversations");
  const recordOf = (id: string) =>
    fixture.entries.find(([key]) => key === `conversation:${id}`)![1] as Conversation;

  it("is listed and opens with every message, unfinished answers as interrupted", async () => {
    await setMany(fixture.entries, store);
    const storage = new ConversationStorage(database);
    expect((await storage.list()).map(({ id, title }) => [id, title])).toEqual([
      ["c2", "Prices, again"],
      ["c1", "Prices"],
    ]);
    const opened = (await storage.read("c1"))!;
    expect(opened.isDamaged).toBeUndefined();
    // Title, and what a version had of presets and settings.
    const { messages: _messages, tree: _tree, ...facts } = recordOf("c1");
    expect(opened).toMatchObject(facts);
    expect(opened.messages).toEqual(
      recordOf("c1").messages.map((message) =>
        message.id === "a3" ? { ...message, state: { kind: "interrupted" } } : message,
      ),
    );
    const answerId = name === "linear" ? "a1" : "a2";
    expect(shownPath(opened.tree)).toEqual(["q1", answerId, "q2", "a3"]);
  });

  it("is written on in today's format, and the chat beside it stays as it was", async () => {
    const storage = new ConversationStorage(database);
    await storage.write((await storage.read("c1"))!);
    await storage.changeFacts("c1", { isPinned: true });
    const stored = new Map(await entries<string, unknown>(store));
    expect(stored.get("format")).toBe(FORMAT);
    expect(stored.get("conversation:c2")).toEqual(recordOf("c2"));
    const again = new ConversationStorage(database);
    expect((await again.list()).find(({ id }) => id === "c1")).toMatchObject({ isPinned: true });
    expect((await again.read("c1"))!.messages).toHaveLength(recordOf("c1").messages.length);
  });
});
