import { expect, it } from "vitest";
import { fixtureMetadata } from "../../engine/text/tokenizer/fixture-vocabulary";
import { createTextModel } from "../../engine/text/text-model";
import { cutAtLines, partAt } from "./cuts";

const model = createTextModel({ kind: "gguf", metadata: fixtureMetadata("qwen35", { nMerges: 20_000 }) });

const partsOf = (text: string) => {
  const { starts } = cutAtLines(text);
  return starts.map((start, at) => text.slice(start, starts[at + 1]));
};

const code = Array.from({ length: 900 }, (_, n) =>
  n % 7 === 0
    ? "\n \n"
    : `${" ".repeat(n % 5)}const value${n} = "汉字 עברית 👩‍👩‍👧 ${n}"; // ${"x".repeat(n % 90)}`,
).join("\n");

it("the parts' ids in a row are the ids of the whole text", () => {
  const parts = partsOf(code);
  expect(parts.length).toBeGreaterThan(20);
  expect(parts.join("")).toBe(code);
  expect(parts.flatMap((part) => model.encode(part))).toEqual(model.encode(code));
});

it("each part says which line it begins with", () => {
  const { starts, numbers, unit } = cutAtLines(code);
  expect(unit).toBe("line");
  for (const [at, start] of starts.entries())
    expect(numbers[at]).toBe(code.slice(0, start).split("\n").length);
});

it("a text of one enormous line is cut too, and never inside a character", () => {
  const parts = partsOf("😀".repeat(20_001));
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(8000);
  expect(parts.join("")).toBe("😀".repeat(20_001));
  expect(parts.every((part) => part.isWellFormed())).toBe(true);
  const spaced = partsOf(`short\n${"word ".repeat(5000)}\nend`);
  expect(spaced.join("")).toBe(`short\n${"word ".repeat(5000)}\nend`);
  expect(Math.max(...spaced.map(({ length }) => length))).toBeLessThanOrEqual(8000);
});

it.each([[""], ["x"], ["\n"], ["one\ntwo\n"]])("%j is one part", (text) => {
  expect(cutAtLines(text)).toEqual({ unit: "line", starts: [0], numbers: [1] });
});

it("finds the part of a character", () => {
  const starts = [0, 10, 20];
  expect([0, 9, 10, 19, 20, 500].map((at) => partAt(starts, at))).toEqual([0, 0, 1, 1, 2, 2]);
});
