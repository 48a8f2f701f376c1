import "fake-indexeddb/auto";
import { expect, it, vi } from "vitest";
import { tunedStore } from "./tuned";

it("keeps a choice by its key", async () => {
  expect(await tunedStore.get("a")).toBeUndefined();
  await tunedStore.set("a", { tile: 64 });
  expect(await tunedStore.get("a")).toEqual({ tile: 64 });
  expect(await tunedStore.get("b")).toBeUndefined();
});

it("finds nothing, and goes on, where the browser refuses", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("no", "SecurityError");
    },
  });
  await expect(tunedStore.get("a")).resolves.toBeUndefined();
  await expect(tunedStore.set("a", 1)).resolves.toBeUndefined();
  vi.unstubAllGlobals();
});
