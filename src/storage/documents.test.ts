import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { DocumentStorage, type DocumentText } from "./documents";

const documentOf = (id: string, addedAt: number): DocumentText => ({
  id,
  text: `text of ${id}`,
  unit: "line",
  starts: [0],
  numbers: [1],
  addedAt,
});

it("keeps a text under its id, and says so when it is gone", async () => {
  const storage = new DocumentStorage("documents-1");
  await storage.put(documentOf("a", 1));
  expect(await storage.read("a")).toEqual(documentOf("a", 1));
  await expect(storage.read("b")).rejects.toMatchObject({ code: "storage", message: /no longer stored/ });
});

it("removes what no chat has any more, but not what was just added", async () => {
  const storage = new DocumentStorage("documents-2");
  for (const [id, addedAt] of [
    ["used", 1],
    ["unused", 1],
    ["new", 9],
  ] as const)
    await storage.put(documentOf(id, addedAt));
  await storage.removeUnused(new Set(["used"]), 5);
  await expect(storage.read("used")).resolves.toBeDefined();
  await expect(storage.read("new")).resolves.toBeDefined();
  await expect(storage.read("unused")).rejects.toMatchObject({ code: "storage" });
});
