import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { longestPrefix } from "../../engine/runtime/state/reuse";
import { PrefixCache } from "../../engine/runtime/state/prefix-cache";
import { DocumentStorage, type DocumentText } from "../../storage/documents";
import { FakeKeeper, FakeMemory } from "../../testing/fake-state";
import { fixtureMetadata } from "../../engine/text/tokenizer/fixture-vocabulary";
import { createTextModel } from "../../engine/text/text-model";
import { DocumentParts } from "./document-parts";
import { marksOf } from "./prompt-ids";
import { withDocumentTexts } from "./prompt-documents";
import type { ChatMessage } from "../rpc/protocol/chat";

// 150 kB in parts of some 1,900 characters, as documents are cut.
const lines = Array.from(
  { length: 2000 },
  (_, n) => `Line ${n}: the ${n % 7} boxes of hall ${n % 11} are counted twice a day.\n`,
);
const text = lines.join("");
const starts = lines.flatMap((_, n) => (n % 25 === 0 ? [lines.slice(0, n).join("").length] : []));
const document: DocumentText = {
  id: "d",
  text,
  unit: "line",
  starts,
  numbers: starts.map((_, i) => 25 * i + 1),
  addedAt: 0,
};

class CountedStorage extends DocumentStorage {
  nReads = 0;
  override read(id: string): Promise<DocumentText> {
    this.nReads++;
    return super.read(id);
  }
}

/** Counts the numbers that are looked at. */
function counted(ids: ArrayLike<number>): { ids: ArrayLike<number>; nSeen: () => number } {
  let nSeen = 0;
  const proxy = new Proxy(ids, {
    get: (target, key) => {
      if (key !== "length") nSeen++;
      return Reflect.get(target, key) as unknown;
    },
  });
  return { ids: proxy, nSeen: () => nSeen };
}

it("between a second question and its first token stands work for the question, not for the document", async () => {
  const model = createTextModel({ kind: "gguf", metadata: fixtureMetadata("qwen35", { nMerges: 1000 }) });
  const storage = new CountedStorage("second-question");
  await storage.put(document);
  const documentParts = new DocumentParts(storage);
  const [memory, keeper] = [new FakeMemory(3), new FakeKeeper()];
  const state = new PrefixCache(memory, keeper, 16);
  let nPartsRead = 0;
  const readPart = keeper.read.bind(keeper);
  keeper.read = (name) => {
    nPartsRead++;
    return readPart(name);
  };

  /** Asks as the engine does: texts, ids, rewinding, reading with checkpoints. */
  const ask = async (messages: readonly ChatMessage[]) => {
    const [encoded, reads, parts] = [model.encodedTokens, storage.nReads, nPartsRead];
    const rendered = model.renderChat(await withDocumentTexts(messages, documentParts), { thinking: false });
    const { ids } = rendered;
    const { length } = await state.rewind(ids, ids.length - 1);
    const marks = [...marksOf(rendered), { position: rendered.sharedPrefixLength, kind: "turn" as const }];
    for (let at = length; at < ids.length;) {
      const next = Math.min(
        ids.length,
        ...marks.map(({ position }) => position).filter((place) => place > at),
      );
      memory.process(at, ids.slice(at, next));
      state.append(ids.slice(at, next));
      at = next;
      for (const { position, kind } of marks) if (position === at) await state.checkpoint(kind);
    }
    return {
      nIds: ids.length,
      readTokens: ids.length - length,
      encodedTokens: model.encodedTokens - encoded,
      documentReads: storage.nReads - reads,
      partsRead: nPartsRead - parts,
    };
  };

  const documents = [{ id: "d", name: "halls.txt", range: null }];
  const first: ChatMessage = { role: "user", content: "How many boxes are in hall 3?", documents };
  const read = await ask([first]);
  expect(read.readTokens).toBe(read.nIds);
  expect(read).toMatchObject({ documentReads: 1 });
  expect(read.encodedTokens).toBeGreaterThan(30_000);

  const answer: ChatMessage = { role: "assistant", content: "Three." };
  const second = await ask([first, answer, { role: "user", content: "And in hall 4, on line 12?" }]);
  expect(second.nIds).toBeGreaterThan(30_000);
  expect(second).toMatchObject({ documentReads: 0, partsRead: 0 });
  expect(second.readTokens).toBeLessThan(60);
  expect(second.encodedTokens).toBeLessThan(100);

  // Another question about it, in another chat: the document's end is where it goes on.
  const other = await ask([{ ...first, content: "Which line is the last?" }]);
  expect(other).toMatchObject({ documentReads: 0, partsRead: 0 });
  expect(other.readTokens).toBeLessThan(60);
  expect(other.encodedTokens).toBeLessThan(100);
});

it("saved states that could not give more are not compared", () => {
  const ids = Array.from({ length: 5000 }, (_, i) => i % 97);
  const saved = counted(ids);
  const checkpoints = [{ length: 4000, kind: "document", parts: [] }] as const;
  const state = { id: "a", ids: saved.ids, blockTokens: 16, blocks: [], checkpoints, partBytes: {} };
  const held = [{ length: 4900, isOnGpu: true }];
  expect(longestPrefix(ids, 4999, 0, ids, held, [state, state])).toMatchObject({
    kind: "held",
    length: 4900,
  });
  expect(saved.nSeen()).toBe(0);
});

it("texts of documents leave when too many characters are held, the one used longest ago first", async () => {
  const storage = new CountedStorage("second-question-2");
  for (const id of ["a", "b", "c"])
    await storage.put({ ...document, id, text: "0123456789", starts: [0, 5] });
  const parts = new DocumentParts(storage, 25);
  const [a, again] = [await parts.of({ id: "a", range: null }), await parts.of({ id: "a", range: null })];
  expect(again).toBe(a);
  await parts.of({ id: "b", range: null });
  await parts.of({ id: "a", range: null });
  await parts.of({ id: "c", range: null }); // b leaves
  expect(await parts.of({ id: "a", range: null })).toBe(a);
  expect(storage.nReads).toBe(3);
  await parts.of({ id: "b", range: null });
  expect(storage.nReads).toBe(4);
});
