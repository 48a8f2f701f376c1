import { indexedDB as stored } from "fake-indexeddb";
import { get, set } from "idb-keyval";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => vi.resetModules());

/** Modules of their own each time: a context goes to memory once, for good. */
async function freshModules(indexedDB: unknown) {
  Object.defineProperty(globalThis, "indexedDB", { value: indexedDB, configurable: true, writable: true });
  return { ...(await import("./open-store")), ...(await import("./in-memory")) };
}

const refusing = (name: string) => ({
  open: () => {
    throw new DOMException("denied", name);
  },
});

it.each([
  ["site data blocked", refusing("SecurityError")],
  ["an old private window", refusing("InvalidStateError")],
  ["no IndexedDB", undefined],
  ["an empty one", null],
])("%s: what is put is found again, in memory, and other databases too", async (_, indexedDB) => {
  const { openStore, storedInMemory, isInMemory } = await freshModules(indexedDB);
  const [chats, models] = [openStore("chats", "chats"), openStore("models", "models")];
  expect(isInMemory()).toBe(false);
  await set("a", new Blob(["text"]), chats);
  await storedInMemory;
  await set("a", 2, models);
  expect(await (await get<Blob>("a", chats))?.text()).toBe("text");
  expect(await get("a", models)).toBe(2);
  expect(isInMemory()).toBe(true);
});

it("where it can be stored it is, and an error of its own stays one", async () => {
  const { openStore, isInMemory } = await freshModules(stored);
  const store = openStore("chats", "chats");
  await set("a", 1, store);
  expect(await get("a", store)).toBe(1);
  await expect(
    store("readonly", (objects) => {
      objects.put(1, "b");
    }),
  ).rejects.toThrow();
  await expect(
    store("readonly", () => {
      throw new TypeError("no refusal");
    }),
  ).rejects.toThrow("no refusal");
  expect(isInMemory()).toBe(false);
});

it("a full disk is no refusal", async () => {
  const { openStore, isInMemory } = await freshModules(refusing("QuotaExceededError"));
  await expect(set("a", 1, openStore("chats", "chats"))).rejects.toThrow("denied");
  expect(isInMemory()).toBe(false);
});
