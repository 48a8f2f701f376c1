import "fake-indexeddb/auto";
import { createStore, get, set } from "idb-keyval";
import { describe, expect, it } from "vitest";
import { bytesOf, StateStorage, type StateRecord } from "./states";

let databases = 0;
function open() {
  const name = `saved-states-test-${databases++}`;
  return { name, states: new StateStorage(name), raw: createStore(name, "states") };
}

const bytes = (seed: number, length = 100) => Uint8Array.from({ length }, (_, i) => (i * seed) & 255);

/** Writes the parts of a state that was read from `seeds`, and its record. */
async function save(
  states: StateStorage,
  id: string,
  seeds: readonly number[],
  change: Partial<StateRecord> = {},
): Promise<StateRecord> {
  const blocks = await Promise.all(seeds.map((seed) => states.writePart(bytes(seed))));
  const state: StateRecord = {
    id,
    chatId: `chat-${id}`,
    modelId: "m",
    modelName: "M",
    fingerprint: { kv: "f16" },
    ids: Uint32Array.from(seeds),
    blockTokens: 1,
    blocks,
    checkpoints: [{ length: seeds.length, kind: "answer", parts: [blocks.at(-1)!] }],
    partBytes: Object.fromEntries(blocks.map((block) => [block, 100])),
    savedAt: 1,
    lastUsedAt: 1,
    ...change,
  };
  await states.commit(state);
  return state;
}

describe("saved states", () => {
  it("gives back the bytes, and another worker finds the same states", async () => {
    const { name, states } = open();
    const saved = await save(states, "a", [3, 5]);
    const other = new StateStorage(name);
    expect(await other.list()).toEqual([saved]);
    expect(await other.readPart(saved.blocks[1]!)).toEqual(bytes(5));
  });

  it("a part with another byte is damaged, one that is gone is missing", async () => {
    const { states, raw } = open();
    const { blocks } = await save(states, "a", [3, 5]);
    const changed = bytes(3);
    changed[40]! ^= 1;
    await set(["part", blocks[0]!], new Blob([changed]), raw);
    await expect(states.readPart(blocks[0]!)).rejects.toMatchObject({ code: "damaged" });
    await expect(states.readPart("0".repeat(64))).rejects.toMatchObject({ code: "missing" });
  });

  it("states share parts; a part goes with the last state that has it", async () => {
    const { states, raw } = open();
    const [a, b] = [await save(states, "a", [3, 5]), await save(states, "b", [3, 7])];
    expect(bytesOf([a, b])).toBe(300);
    await states.remove(({ chatId }) => chatId === "chat-a");
    expect(await states.readPart(b.blocks[0]!)).toEqual(bytes(3));
    expect(await get(["part", a.blocks[1]!], raw)).toBeUndefined();
    await states.remove(() => true);
    expect(await get(["part", b.blocks[0]!], raw)).toBeUndefined();
  });

  it("a state that replaces another takes over its parts, and the rest goes", async () => {
    const { states, raw } = open();
    const before = await save(states, "a", [3, 5]);
    const after = await save(states, "a", [3, 9, 11]);
    expect(await states.list()).toEqual([after]);
    expect(await states.readPart(after.blocks[0]!)).toEqual(bytes(3));
    expect(await get(["part", before.blocks[1]!], raw)).toBeUndefined();
  });

  it("what a killed save left is swept, and the last whole state stays", async () => {
    const { name, states } = open();
    const saved = await save(states, "a", [3]);
    const orphan = await states.writePart(bytes(13)); // killed before the record
    const next = new StateStorage(name);
    await next.sweep();
    expect(await next.list()).toEqual([saved]);
    expect(await next.readPart(saved.blocks[0]!)).toEqual(bytes(3));
    await expect(next.readPart(orphan)).rejects.toMatchObject({ code: "missing" });
  });

  it("refuses a record whose part another tab has deleted, and keeps what was there", async () => {
    const { states } = open();
    const saved = await save(states, "a", [3]);
    const lost = { ...saved, blocks: ["0".repeat(64)] };
    await expect(states.commit(lost)).rejects.toMatchObject({ code: "missing" });
    expect(await states.list()).toEqual([saved]);
  });

  it("over the budget the one used longest ago leaves first, the newest never", async () => {
    const { name, states } = open();
    await states.setBudget(250);
    await save(states, "old", [3], { lastUsedAt: 1 });
    await save(states, "used", [5], { lastUsedAt: 2 });
    await states.touch("old");
    await save(states, "new", [7], { lastUsedAt: Date.now() + 1000 });
    expect((await states.list()).map(({ id }) => id)).toEqual(["new", "old"]);
    // The list that is known without reading again is the list that is stored.
    expect(await states.list()).toEqual(await new StateStorage(name).list());
    await states.setBudget(0);
    expect(await states.list()).toEqual([]);
  });

  it("an edit that fails changes nothing and rejects", async () => {
    const { states } = open();
    const saved = await save(states, "a", [3]);
    const uncloneable = { ...saved, id: "b", fingerprint: { kv: (() => 0) as never } };
    await expect(states.commit(uncloneable, ["a"])).rejects.toMatchObject({ code: "storage" });
    const broken = states.remove(() => {
      throw new Error("no such chat");
    });
    await expect(broken).rejects.toThrow("no such chat");
    expect(await states.list()).toEqual([saved]);
  });
});

/** Each with what a sound record is made into. */
const damages: readonly [string, (sound: StateRecord) => unknown][] = [
  ["null", () => null],
  ["text", () => "state"],
  ["an empty object", () => ({})],
  ["of another id", (sound) => ({ ...sound, id: "other" })],
  ["without blocks", ({ blocks: _, ...rest }) => rest],
  ["with blocks that are numbers", (sound) => ({ ...sound, blocks: [1] })],
  ["without checkpoints", (sound) => ({ ...sound, checkpoints: null })],
  ["with a checkpoint without parts", (sound) => ({ ...sound, checkpoints: [{ length: 1, kind: "turn" }] })],
  ["with ids as a list", (sound) => ({ ...sound, ids: [...sound.ids] })],
  ["without sizes", (sound) => ({ ...sound, partBytes: null })],
  ["without a fingerprint", (sound) => ({ ...sound, fingerprint: undefined })],
  ["with a time that is text", (sound) => ({ ...sound, lastUsedAt: "today" })],
];

describe.each(damages)("a record that is damaged: %s", (_, damage) => {
  async function openDamaged() {
    const { name, states, raw } = open();
    const sound = await save(states, "a", [3, 5]);
    const damaged = await save(states, "b", [3, 7]);
    await set(["state", "b"], damage(damaged), raw);
    return { states: new StateStorage(name), raw, sound, lostBlock: damaged.blocks[1]! };
  }

  it("is swept with its blocks; the sound one beside it stays", async () => {
    const { states, raw, sound, lostBlock } = await openDamaged();
    expect(await states.list()).toEqual([sound]);
    await states.sweep();
    expect(await get(["state", "b"], raw)).toBeUndefined();
    expect(await get(["part", lostBlock], raw)).toBeUndefined();
    expect(await states.list()).toEqual([sound]);
    expect(await states.readPart(sound.blocks[0]!)).toEqual(bytes(3));
  });

  it("is in the way of no change before that", async () => {
    const { states, sound } = await openDamaged();
    await states.touch("b");
    const added = await save(states, "c", [9], { lastUsedAt: 2 });
    expect(await states.list()).toEqual([added, sound]);
    await states.remove(({ id }) => id === "c");
    await states.setBudget(1000);
    expect(await states.list()).toEqual([sound]);
    const anew = await save(states, "b", [11], { lastUsedAt: 2 });
    expect(await states.list()).toEqual([anew, sound]);
  });
});

it("a budget that is damaged is the usual one", async () => {
  const { states, raw } = open();
  const usual = await states.budgetBytes();
  await set("budget", "much", raw);
  expect(await states.budgetBytes()).toBe(usual);
});
