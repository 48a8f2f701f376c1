import { expect, it } from "vitest";
import { bitsOf, blockOfType, ggmlTypeOfId, ggmlTypes, typeWords, type GgmlType } from "./type-facts";

const types = Object.keys(ggmlTypes) as GgmlType[];

it("every type's blocks have the bits per weight that its name says", () => {
  for (const type of types) {
    const { weights, bytes } = ggmlTypes[type];
    const bits = (8 * bytes) / weights;
    expect(bits, type).toBeGreaterThanOrEqual(bitsOf(type));
    expect(bits, type).toBeLessThan(bitsOf(type) + 2.5); // Q8_K carries sums, 9.125
  }
});

it("no two types have one id, and no two the same beginning of a name", () => {
  for (const type of types) expect(ggmlTypeOfId(ggmlTypes[type].id)).toBe(type);
  const beginnings = types.flatMap((type) => Object.keys(ggmlTypes[type].words));
  expect(typeWords.size).toBe(beginnings.length);
});

it("scales lie inside the block, at even bytes", () => {
  for (const type of types) {
    const { bytes, scales } = blockOfType(type);
    for (const at of scales) {
      expect(at % 2, type).toBe(0);
      expect(at + 2, type).toBeLessThanOrEqual(bytes);
    }
  }
});
