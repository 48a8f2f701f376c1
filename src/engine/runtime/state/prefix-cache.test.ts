import { describe, expect, it } from "vitest";
import type { MarkKind } from "../../../ground/checkpoint";
import { FakeKeeper, FakeMemory } from "../../../testing/fake-state";
import type { StoredState } from "./reuse";
import { PrefixCache } from "./prefix-cache";

const idsTo = (n: number, seed = 7) => Array.from({ length: n }, (_, i) => (i * seed + 3) % 101);

function open(keeper: FakeKeeper | undefined = new FakeKeeper(), nSlots = 3) {
  const memory = new FakeMemory(nSlots);
  const state = new PrefixCache(memory, keeper, 16);
  /** Reads on to the end of `ids`, with checkpoints on the way. */
  const read = async (ids: readonly number[], marks: Readonly<Record<number, MarkKind>>) => {
    for (let at = state.length; at < ids.length; at++) {
      memory.process(at, [ids[at]!]);
      state.append([ids[at]!]);
      const kind = marks[at + 1];
      if (kind) await state.checkpoint(kind);
    }
  };
  return { memory, state, keeper, read };
}

async function begin(ids: readonly number[], marks: Readonly<Record<number, MarkKind>>, nSlots?: number) {
  const opened = open(undefined, nSlots);
  await opened.state.rewind(ids, ids.length);
  await opened.read(ids, marks);
  return { ...opened, keeper: opened.keeper };
}

const named = (state: Awaited<ReturnType<PrefixCache["save"]>>): StoredState => ({ id: "a", ...state! });

describe("a sequence's state", () => {
  it("keeps the document's checkpoint on the GPU; the oldest turn leaves, and is brought back", async () => {
    const ids = idsTo(60);
    const { state, memory } = await begin(ids, { 10: "turn", 20: "document", 30: "turn", 60: "turn" });
    expect(state.checkpoints).toMatchObject([
      { length: 10, isOnGpu: false },
      { length: 20, isOnGpu: true },
      { length: 30, isOnGpu: true },
      { length: 60, isOnGpu: true },
    ]);
    expect((await state.rewind([...ids.slice(0, 12), 99, 98], 13)).length).toBe(10);
    memory.expectHolds(ids.slice(0, 10));
  });

  it("without storage what leaves is gone", async () => {
    const memory = new FakeMemory(2);
    const state = new PrefixCache(memory, undefined, 16);
    await state.rewind([], 0);
    for (const at of [0, 1, 2]) {
      memory.process(at, [at]);
      state.append([at]);
      await state.checkpoint("turn");
    }
    expect(state.checkpoints.map(({ length }) => length)).toEqual([2, 3]);
    expect(await state.save()).toBeNull();
  });

  it("saving more of a chat writes what is new, and the last block anew", async () => {
    const ids = idsTo(100);
    const { state, keeper, read } = await begin(ids.slice(0, 72), { 72: "answer" });
    await state.save();
    expect(keeper.nWritten).toBe(5 + 1); // 4 blocks of 16 tokens, one of 8, and the checkpoint
    await read(ids, { 100: "answer" });
    const more = await state.save();
    expect(keeper.nWritten).toBe(6 + 3 + 1); // tokens 64 to 100
    expect(more!.blocks).toHaveLength(7);
    expect(more!.checkpoints.map(({ length }) => length)).toEqual([72, 100]);
  });

  it("a save that was interrupted goes on where it was", async () => {
    const { state, keeper } = await begin(idsTo(72), { 72: "answer" });
    const controller = new AbortController();
    const write = keeper.write.bind(keeper);
    keeper.write = (bytes) => {
      if (keeper.nWritten === 2) controller.abort();
      return write(bytes);
    };
    await expect(state.save(controller.signal)).rejects.toThrow();
    expect(keeper.nWritten).toBe(3);
    await state.save();
    expect(keeper.nWritten).toBe(6);
  });

  it("behind a damaged block a checkpoint before it serves, and it is told", async () => {
    const ids = idsTo(80);
    const { state, keeper } = await begin(ids, { 20: "document", 40: "turn", 80: "answer" });
    const stored = named(await state.save());
    keeper.parts.delete(stored.blocks[3]!); // tokens 48 to 64
    const { state: next, memory, read } = open(keeper);
    const { length, unusable, from } = await next.rewind(ids, ids.length, [stored]);
    expect({ length, from }).toEqual({ length: 40, from: "a" });
    expect(unusable).toMatchObject([{ stateId: "a", code: "missing" }]);
    memory.expectHolds(ids.slice(0, 40));
    await read(ids, { 80: "answer" });
    memory.expectHolds(ids);
    // A block that was read again is stored again.
    expect(keeper.parts.has((await next.save())!.blocks[3]!)).toBe(true);
  });

  it("what came back from storage is on the GPU from then on", async () => {
    const ids = idsTo(60);
    const { state, keeper } = await begin(ids, { 30: "document", 60: "answer" });
    const { state: next, memory } = open(keeper);
    await next.rewind(ids, 40, [named(await state.save())]);
    expect(next.checkpoints).toMatchObject([{ length: 30, isOnGpu: true }]);
    keeper.parts.clear();
    expect((await next.rewind(ids, 40)).length).toBe(30);
    memory.expectHolds(ids.slice(0, 30));
  });

  it("what another branch has written over is not taken for live", async () => {
    const ids = idsTo(80);
    const { state, memory, read } = await begin(ids, { 40: "turn", 80: "answer" });
    const other = [...ids.slice(0, 50), ...idsTo(20, 11)];
    expect((await state.rewind(other, other.length)).length).toBe(40);
    await read(other, { 70: "turn" });
    expect((await state.rewind(ids, ids.length)).length).toBe(40);
    memory.expectHolds(ids.slice(0, 40));
  });
});
