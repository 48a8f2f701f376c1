import { expect, it } from "vitest";
import type { StoredModel } from "../../../worker/rpc/protocol/model";
import { fitsMemory, orderByFit, orderStored } from "./order-models";

const stored = (id: string, sizeBytes: number, kind: "bundled" | "file" = "file"): StoredModel => ({
  id,
  name: id,
  fileName: id,
  sizeBytes,
  origin: kind === "bundled" ? { kind, url: "/demo" } : { kind, fileName: id },
  addedAt: 0,
  lastUsedAt: null,
});

it("the model in use comes first, one too large for the memory late, the demo last even in use", () => {
  const models = [stored("demo", 1, "bundled"), stored("large", 30), stored("a", 5), stored("b", 8)];
  const namesIn = (loadedId: string | null) => orderStored(models, loadedId, 10).map(({ id }) => id);
  expect(namesIn(null)).toEqual(["a", "b", "large", "demo"]);
  expect(namesIn("b")).toEqual(["b", "a", "large", "demo"]);
  expect(namesIn("large")).toEqual(["large", "a", "b", "demo"]);
  expect(namesIn("demo")).toEqual(["a", "b", "large", "demo"]);
});

it("a model fits by its shortest context, and one whose memory is not known is between", () => {
  const model = (totalBytes: number) => ({ memory: [{ contextLength: 4096, totalBytes }] });
  const models = [model(11), { memory: [] }, model(10)];
  expect(models.map((one) => fitsMemory(one, 10))).toEqual([false, undefined, true]);
  expect(orderByFit(models, (one) => fitsMemory(one, 10))).toEqual([models[2], models[1], models[0]]);
});
