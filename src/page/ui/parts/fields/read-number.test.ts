import { expect, it } from "vitest";
import { isFoundBy } from "./field-search";
import { readNumber } from "./read-number";

const shares = { min: 0.05, max: 1, step: 0.01 };
const counts = { min: 0, max: 200, step: 1 };

it.each([
  ["0.05", shares, 0.05],
  ["0.123", shares, 0.123], // between two steps of the slider
  ["1e-1", shares, 0.1],
  ["0", counts, 0],
  [" 200 ", counts, 200],
])("%j is a number of its range", (typed, range, value) =>
  expect(readNumber(typed, range)).toEqual({ kind: "number", value }),
);

it.each([
  ["0.04", shares, "A number from 0.05 to 1."],
  ["1.01", shares, "A number from 0.05 to 1."],
  ["-", shares, "A number from 0.05 to 1."],
  ["2.5", counts, "A whole number from 0 to 200."],
  ["201", counts, "A whole number from 0 to 200."],
  ["Infinity", counts, "A whole number from 0 to 200."],
])("%j is refused, and the range is said", (typed, range, problem) =>
  expect(readNumber(typed, range)).toEqual({ kind: "refused", problem }),
);

it("an empty box is no number and no mistake", () =>
  expect(readNumber(" ", counts)).toEqual({ kind: "none" }));

it("a field is found by all words of what is looked for, in its name or its description", () => {
  expect(isFoundBy("", "Top-k", "Only the likeliest words.")).toBe(true);
  expect(isFoundBy("LIKELIEST top", "Top-k", "Only the likeliest words.")).toBe(true);
  expect(isFoundBy("top seed", "Top-k", "Only the likeliest words.")).toBe(false);
});
