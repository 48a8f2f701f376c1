import { describe, expect, it } from "vitest";
import { PromptError } from "../../../ground/errors";
import { AddedTokenText, findSeparator } from "./added-token-text";

const separator = "\ufdd0";

/** Added tokens as no published vocabulary has them: inside, at the start of, and overlapping one another. */
const texts = ["[x]", "[x]]", "]y[", "[x", "aa", "c"];
const tokens = new AddedTokenText(texts.map((text, id) => ({ id, text, isControl: true })));

const roundTrip = (text: string) => tokens.split(tokens.break(text, separator), separator);
const alphabet = ["[", "]", "x", "y", "a", "c", " "];

describe("breaking", () => {
  it("leaves no token whole and no letter changed, for every text of up to 6 letters", () => {
    let longer = [""];
    for (let length = 1; length <= 6; length++) {
      longer = longer.flatMap((text) => alphabet.map((letter) => text + letter));
      const wrong = longer.filter((text) => {
        const segments = roundTrip(text);
        const [first] = segments;
        return segments.length !== 1 || first?.kind !== "text" || first.text !== text;
      });
      expect(wrong).toEqual([]);
    }
  });

  it.each(["[x]y[x]", "aaa", "aaaa"])("finds tokens that overlap: %s", (text) =>
    expect(roundTrip(text)).toEqual([{ kind: "text", text }]),
  );

  it("leaves the whitespace around a text for the template to trim", () => {
    const broken = tokens.break(" \n[x] \t", separator);
    expect([broken.trimStart().length, broken.trimEnd().length]).toEqual([
      broken.length - 2,
      broken.length - 2,
    ]);
  });

  it("leaves text that has nothing to do with a token as it is", () =>
    expect(tokens.break("plain text", separator)).toBe("plain text"));
});

describe("splitting", () => {
  it("takes the longest token that fits", () =>
    expect(tokens.split("[x]][x][xc", separator)).toEqual([
      { kind: "token", id: 1 },
      { kind: "token", id: 0 },
      { kind: "token", id: 3 },
      // One character can not be broken, so it never is a token.
      { kind: "text", text: "c" },
    ]));

  it("is one piece without added tokens", () =>
    expect(new AddedTokenText([]).split("a[x]", separator)).toEqual([{ kind: "text", text: "a[x]" }]));
});

describe("the separator", () => {
  it("is in none of the texts", () => {
    const used = String.fromCodePoint(...Array.from({ length: 32 }, (_, i) => 0xfdd0 + i));
    expect(findSeparator([])).toBe("\ufdd0");
    expect(findSeparator(["a", used])).toBe("\ue000");
  });

  it("that can not be found is an error, not a wrong prompt", () => {
    const ranges = [
      [0xfdd0, 0xfdef],
      [0xe000, 0xf8ff],
      [0xf0000, 0xffffd],
      [0x100000, 0x10fffd],
    ] as const;
    const every = ranges.map(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join(""),
    );
    expect(() => findSeparator(every)).toThrow(/all 137500/);
    expect(() => findSeparator(every)).toThrow(PromptError);
    expect(findSeparator([...every.slice(0, 3), every[3]!.slice(0, -2)])).toBe("\u{10fffd}");
  });
});
