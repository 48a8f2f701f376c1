import { expect, it } from "vitest";
import { describeUnits, rangeOf, stretchesOf } from "./units";

it("parts are put together while they fit; one that is longer is alone", () => {
  expect(stretchesOf([3, 3, 3, 9, 1, 1], 6)).toEqual([
    [0, 1],
    [2, 2],
    [3, 3],
    [4, 5],
  ]);
  expect(stretchesOf([1, 1], 10)).toEqual([[0, 1]]);
});

it("a range is named by its pages, or by the lines up to the next part", () => {
  const pages = {
    unit: "page",
    nUnits: 3,
    nCharacters: 90,
    starts: [0, 30, 60],
    numbers: [1, 2, 3],
  } as const;
  expect(rangeOf(pages, 1, 2)).toEqual({ start: 30, end: 90, label: "pages 2–3" });
  expect(rangeOf(pages, 0, 0)).toEqual({ start: 0, end: 30, label: "page 1" });
  const lines = {
    unit: "line",
    nUnits: 5000,
    nCharacters: 90,
    starts: [0, 30, 60],
    numbers: [1, 1200, 3000],
  } as const;
  expect(rangeOf(lines, 0, 1)).toEqual({ start: 0, end: 60, label: "lines 1–2,999" });
  expect(rangeOf(lines, 2, 2)).toEqual({ start: 60, end: 90, label: "lines 3,000–5,000" });
});

it.each([
  ["page", 1, "1 page"],
  ["line", 40_000, "40,000 lines"],
] as const)("%s × %i is %s", (unit, nUnits, expected) =>
  expect(describeUnits({ unit, nUnits })).toBe(expected),
);
