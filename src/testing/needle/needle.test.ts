import { describe, expect, it } from "vitest";
import { isRight, needleDocument } from "./needle-document";
import { needleTable, verdicts, type Asked } from "./needle-score";

const count = (text: string) => Math.ceil(text.length / 3);
const depths = [0, 0.25, 0.5, 0.75, 1];
const one = { depths, perDepth: 1 };

describe("a needle document", () => {
  it("is about as long as asked, the same for the same seed, and states each needle once, in order of depth", () => {
    const document = needleDocument(7, 1000, one, count);
    expect(needleDocument(7, 1000, one, count)).toEqual(document);
    expect(needleDocument(8, 1000, one, count).text).not.toBe(document.text);
    expect(count(document.text)).toBeGreaterThan(900);
    expect(count(document.text)).toBeLessThan(1100);
    const places = document.needles.map(({ statement }) => {
      expect(document.text.split(statement)).toHaveLength(2);
      return document.text.indexOf(statement) / document.text.length;
    });
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeLessThan(0.1);
    expect(places[2]).toBeGreaterThan(0.35);
    expect(places[2]).toBeLessThan(0.65);
    expect(places[4]).toBeGreaterThan(0.85);
  });

  it("asks for more facts at each depth where there are so many, none of them twice", () => {
    const ask = (nTokens: number) =>
      needleDocument(3, nTokens, { depths, perDepth: 4 }, count).needles.map(({ statement }) => statement);
    expect(ask(3000)).toHaveLength(20);
    expect(new Set(ask(3000)).size).toBe(20);
    expect(ask(120).length).toBeGreaterThanOrEqual(5);
    expect(new Set(ask(120)).size).toBe(ask(120).length);
  });

  it("an answer is right when it says the value as words of their own", () => {
    expect(isRight("The code of the green crate is 48213.", "48213")).toBe(true);
    expect(isRight("The code of the green crate is 482131.", "48213")).toBe(false);
    expect(isRight("The red lantern costs 17 coins.", "7")).toBe(false);
  });
});

describe("the verdict", () => {
  const asked = (nTokens: number, n: number, f16: number, q8: number): Asked[] =>
    Array.from({ length: n }, (_, i) => ({ nTokens, depth: 0, isRight: { f16: i < f16, q8: i < q8 } }));

  it("holds where at most one point is lost, over the lengths where the baseline answers four in five", () => {
    const good = [...asked(256, 100, 90, 90), ...asked(512, 100, 85, 84), ...asked(4096, 100, 50, 0)];
    const [verdict] = verdicts(good, "f16", ["f16", "q8"]);
    expect(verdict).toMatchObject({ way: "q8", nQuestions: 200, isHeld: true });
    expect(verdict!.lostPoints).toBeCloseTo(0.5, 6);
    expect(verdicts(asked(256, 200, 180, 179), "f16", ["f16", "q8"])[0]).toMatchObject({ isHeld: true });
    expect(verdicts(asked(256, 200, 180, 177), "f16", ["f16", "q8"])[0]).toMatchObject({ isHeld: false });
  });

  it("the table has every length, and says which are beyond training", () => {
    const table = needleTable([...asked(256, 10, 9, 8), ...asked(8192, 10, 3, 3)], ["f16", "q8"], 3072);
    expect(table.split("\n").slice(2)).toEqual([
      "| 256 | 10 | 90 % | 90 % | 80 % |",
      "| 8,192 (beyond training) | 10 | 30 % | 30 % | 30 % |",
    ]);
  });
});
