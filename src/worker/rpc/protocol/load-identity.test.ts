import { expect, it } from "vitest";
import { identityOf, isSameLoad, type LoadIdentity } from "./load-identity";

const load: LoadIdentity = {
  id: "a",
  quantize: "q8",
  precision: "f16",
  kv: "f16",
  yarn: null,
  contextLength: 4096,
};

it.each([
  ["id", "b", "weights"],
  ["quantize", "q4", "weights"],
  ["precision", "int8", "weights"],
  ["kv", "q8", "context"],
  ["yarn", 2, "context"],
  ["contextLength", 8192, "context"],
] as const)("another %s makes another load, by its %s being %s: the %s", (choice, other, part) => {
  const changed = { ...load, [choice]: other };
  expect(isSameLoad(load, changed)).toBe(false);
  expect(isSameLoad(load, changed, "weights")).toBe(part !== "weights");
  expect(isSameLoad(load, changed, "context")).toBe(part !== "context");
});

it("a plan made again for the same choices is the same load, whatever its bytes", () => {
  const { id: _, quantize: _choice, ...choices } = load;
  const plan = (totalBytes: number) => ({
    ...choices,
    quantize: { choice: "q8" as const, plainType: "BF16", choices: [{ choice: "q8" as const, totalBytes }] },
  });
  expect(isSameLoad(identityOf("a", plan(1)), identityOf("a", plan(2)))).toBe(true);
  expect(identityOf("a", plan(1))).toEqual(load);
});
