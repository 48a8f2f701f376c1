import { expect, it } from "vitest";
import { packStruct, sizeOfLayout, unpackStruct } from "./struct-layout";

const layout = {
  first: "u32",
  scale: "f32",
  pairs: { count: 3, of: { a: "u32", b: "f32" } },
  ids: { count: 2, of: "u32" },
  last: "u32",
} as const;
const values = { first: 7, scale: 0.5, pairs: [{ a: 1, b: 2 }], ids: [9], last: 0xffffffff };

it("fields lie one behind another, and what an array leaves out is 0", () => {
  const bytes = packStruct(layout, values);
  expect(bytes).toHaveLength(sizeOfLayout(layout));
  const words = new Uint32Array(bytes.buffer);
  expect([...words]).toEqual([7, 0x3f000000, 1, 0x40000000, 0, 0, 0, 0, 9, 0, 0xffffffff]);
});

it("a struct of scalars is read back as it was written, from a larger buffer too", () => {
  const scalars = { a: "u32", b: "f32" } as const;
  const { buffer } = packStruct(scalars, { a: 4_000_000_000, b: -1.5 }, 32);
  expect(unpackStruct(scalars, buffer)).toEqual({ a: 4_000_000_000, b: -1.5 });
});

it.each([-1, 0.5, 2 ** 32, NaN])("%d is no u32", (last) => {
  expect(() => packStruct(layout, { ...values, last })).toThrow(
    `Parameter last is ${last}; it has to be a u32.`,
  );
});

it("an element that is no u32 is told by its place, and one too many by both counts", () => {
  const pairs = [
    { a: 1, b: 2 },
    { a: -1, b: 2 },
  ];
  expect(() => packStruct(layout, { ...values, pairs })).toThrow("Parameter pairs[1].a is -1");
  expect(() => packStruct(layout, { ...values, ids: [1, 2, 3] })).toThrow(
    "ids has 3 elements; at most 2 fit",
  );
});
