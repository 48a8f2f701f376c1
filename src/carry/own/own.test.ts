import "fake-indexeddb/auto";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { textDocument } from "../../documents/text/text-document";
import { ConversationStorage, type Conversation } from "../../storage/chats/conversations";
import { addChild, linearTree } from "../../storage/chats/message-tree";
import { DocumentStorage } from "../../storage/documents";
import { openExport } from "../read-file";
import { takeIn } from "../take-in";
import { backUp } from "./backup";
import { exportJson } from "./export-json";

let databases = 0;
const newStores = () => ({
  conversations: new ConversationStorage(`carry-chats-${databases}`),
  documents: new DocumentStorage(`carry-documents-${databases++}`),
});
type Stores = ReturnType<typeof newStores>;

const document = await textDocument("The red lantern costs 17 coins.\nThe end.");

/** A chat with a document, two versions of an answer, figures, and characters that are easily lost. */
const chat = (id: string, title = `Chat ${id}`): Conversation => ({
  id,
  title,
  titledBy: "person",
  isPinned: true,
  folder: "Work",
  createdAt: 1,
  updatedAt: Number(id.slice(1)),
  messages: [
    {
      id: `${id}-q`,
      role: "user",
      createdAt: 1,
      text: 'Wie viel? 多少钱？ \u2028 "\ud800" \\ </script>',
      documents: [
        {
          id: document.id,
          name: "report.pdf",
          sizeBytes: 40,
          unit: "line",
          nUnits: 2,
          range: null,
          nTokens: 9,
        },
      ],
    },
    ...["a", "b"].map((version) => ({
      id: `${id}-${version}`,
      role: "assistant" as const,
      createdAt: 2,
      text: `17, version ${version}`,
      reasoning: "It says so.",
      modelName: "Demo",
      state: { kind: "done", finish: "stop" } as const,
      figures: null,
      firstTokenMs: 12.5,
      drawnWith: {
        systemPrompt: "Be brief.",
        thinking: true,
        sampling: {
          temperature: 0.7,
          topK: 20,
          topP: 0.8,
          minP: 0,
          presencePenalty: 1.5,
          repetitionPenalty: 1,
          seed: null,
        },
      },
      quotations: [
        {
          text: "17 coins",
          found: {
            documentId: document.id,
            unit: "line" as const,
            number: 1,
            isExact: true,
            start: 22,
            end: 30,
          },
        },
      ],
    })),
  ],
  tree: addChild(linearTree([`${id}-q`, `${id}-a`]), `${id}-q`, `${id}-b`),
});

async function fill({ conversations, documents }: Stores, chats: readonly Conversation[]) {
  await documents.put(document);
  for (const one of chats) await conversations.write(one);
}

async function* all({ conversations }: Stores) {
  for (const { id } of await conversations.list()) yield (await conversations.read(id))!;
}

const toJson = async (stores: Stores) =>
  (await exportJson(all(stores), (id) => stores.documents.read(id).catch(() => undefined))).text();

const fileOf = (content: BlobPart, name = "chats.json") => new File([content], name);

async function take(stores: Stores, file: File, busy: readonly string[] = []) {
  const opened = await openExport(file);
  return takeIn(
    file.name,
    opened!,
    stores,
    (id) => Promise.resolve(busy.includes(id)),
    () => undefined,
  );
}

describe("an export of this app", () => {
  it("taken in by an empty browser and exported again is the same, byte for byte", async () => {
    const [here, there] = [newStores(), newStores()];
    await fill(here, [chat("c1"), chat("c2")]);
    const text = await toJson(here);
    const report = await take(there, fileOf(text));
    expect(report).toMatchObject({
      added: [{ id: "c2" }, { id: "c1" }],
      present: [],
      refused: [],
      nDocuments: 1,
    });
    expect(await there.conversations.read("c1")).toEqual(await here.conversations.read("c1"));
    expect(await toJson(there)).toBe(text);
    expect(text).not.toContain("addedAt");
  });

  it("taken in twice adds nothing the second time, and changes nothing", async () => {
    const stores = newStores();
    await fill(stores, [chat("c1")]);
    const text = await toJson(stores);
    await stores.conversations.changeFacts("c1", { title: "Renamed here", folder: null });
    const report = await take(stores, fileOf(text));
    expect(report).toMatchObject({ added: [], extended: [], present: [{ id: "c1" }], nDocuments: 0 });
    expect((await stores.conversations.read("c1"))!.title).toBe("Renamed here");
  });

  it("adds to a chat that is here the messages it lacks, and keeps what it has", async () => {
    const [here, there] = [newStores(), newStores()];
    await fill(here, [chat("c1")]);
    const text = await toJson(here);
    const { messages, tree: _, ...facts } = chat("c1");
    const mine = { ...messages[1]!, text: "Changed here" };
    const own = { id: "own", role: "user" as const, createdAt: 3, text: "And then?" };
    const tree = addChild(linearTree(["c1-q", "c1-a"]), "c1-a", "own");
    await there.conversations.write({ ...facts, messages: [messages[0]!, mine, own], tree });
    expect((await take(there, fileOf(text), ["c1"])).refused[0]!.reason).toMatch(/being answered/);
    const report = await take(there, fileOf(text));
    expect(report).toMatchObject({ added: [], extended: [{ id: "c1", nMessages: 1 }], nDocuments: 1 });
    const merged = (await there.conversations.read("c1"))!;
    expect(merged.isDamaged).toBeUndefined();
    expect(merged.messages.map(({ text }) => text)).toEqual([
      messages[0]!.text,
      "Changed here",
      "And then?",
      "17, version b",
    ]);
    expect(merged.tree.children["c1-q"]).toEqual(["c1-a", "c1-b"]);
    expect(merged.tree.shown["c1-q"]).toBe("c1-a");
  });

  it("of a newer version is refused with what to do", async () => {
    const text = JSON.stringify({ format: "qwen-in-browser/chats", version: 2, chats: [] });
    await expect(openExport(fileOf(text))).rejects.toMatchObject({
      message: "“chats.json” was written by a newer version of this app.",
      hint: expect.stringMatching(/^Reload the page/) as string,
    });
  });

  it("that someone has changed brings in what is sound, and says what is not", async () => {
    const stores = newStores();
    await fill(stores, [chat("c1"), chat("c2")]);
    const value = JSON.parse(await toJson(stores)) as {
      chats: Record<string, unknown>[];
      documents: object[];
    };
    const sound = value.chats[1]!;
    value.documents[0] = { ...value.documents[0], text: "Another text under the same id." };
    value.chats.push(
      { ...sound, id: "../c3" },
      { ...sound, id: "__proto__" },
      { ...sound, id: "c4", messages: [] },
      { ...sound, id: "c5" },
    );
    const there = newStores();
    const report = await take(there, fileOf(JSON.stringify(value)));
    expect(report.added.map(({ id }) => id)).toEqual(["c2", "c1", "c5"]);
    expect(report.refused.map(({ reason }) => reason)).toEqual([
      "Its id is none of this app.",
      "Its id is none of this app.",
      "It has no message.",
    ]);
    expect(report).toMatchObject({ nDocuments: 0, nDocumentsMissing: 3 });
    // Two chats with the same messages do not share them.
    expect((await there.conversations.read("c5"))!.messages[0]!.id).toBe("c5:c1-q");
  });
});

describe("a backup", () => {
  it("restored has the chats, the documents and the settings, and no time makes two of one", async () => {
    const [here, there] = [newStores(), newStores()];
    await fill(here, [chat("c1"), chat("c2"), chat("c3")]);
    const settings = { theme: "dark", systemPrompt: "Be brief." };
    const documentOf = (id: string) => here.documents.read(id).catch(() => undefined);
    const file = fileOf(await backUp(all(here), documentOf, settings), "backup.zip");
    const report = await take(there, file);
    expect(report).toMatchObject({ source: "backup", settings, nDocuments: 1, nDocumentsMissing: 0 });
    expect(report.added).toHaveLength(3);
    expect(await toJson(there)).toBe(await toJson(here));
    expect(await take(there, file)).toMatchObject({ added: [], nDocuments: 0 });
  });

  it("with a damaged chat in it brings in the others, and names that one", async () => {
    const here = newStores();
    await fill(here, [chat("c1"), chat("c2")]);
    const blob = await backUp(all(here), () => Promise.resolve(document), {});
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const at = bytes.findIndex(
      (_, i) => new TextDecoder().decode(bytes.subarray(i, i + 12)) === "chats/00001.",
    );
    bytes.fill(0xff, at + 30, at + 60);
    const report = await take(newStores(), fileOf(bytes, "backup.zip"));
    expect(report.added.map(({ id }) => id)).toEqual(["c1"]);
    expect(report.refused).toEqual([{ title: "chats/00001.json", reason: "It is damaged." }]);
  });

  it("whose files say less than they unpack to is given up there", async () => {
    const head = JSON.stringify({ format: "qwen-in-browser/backup", version: 1 });
    const bytes = Uint8Array.from(
      zipSync({ "backup.json": strToU8(head), "chats/1.json": new Uint8Array(5e6) }),
    );
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < bytes.length - 46; i++)
      if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, head.length, true);
    const report = await take(newStores(), fileOf(bytes, "bomb.zip"));
    expect(report.refused).toEqual([{ title: "chats/1.json", reason: "It is damaged." }]);
  });

  it("cut off, or any other archive, is refused or no export", async () => {
    const zip = (files: Readonly<Record<string, string>>) =>
      Uint8Array.from(
        zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
      );
    const whole = zip({ "backup.json": "{}" });
    await expect(openExport(fileOf(whole.slice(0, -30), "a.zip"))).rejects.toThrow(/damaged/);
    await expect(openExport(fileOf(whole, "a.zip"))).rejects.toThrow(/no backup of this app/);
    expect(await openExport(fileOf(zip({ "a.txt": "text" }), "a.zip"))).toBeNull();
    const chats = JSON.stringify([
      {
        id: "12345678",
        title: "T",
        mapping: {
          a: { message: { author: { role: "user" }, content: { content_type: "text", parts: ["Q"] } } },
        },
      },
    ]);
    const opened = await openExport(
      fileOf(
        zip({ "chat.html": "", "conversations-000.json": chats, "conversations-001.json": chats }),
        "a.zip",
      ),
    );
    expect(opened).toMatchObject({ source: "chat-gpt", nChats: 2 });
  });
});
