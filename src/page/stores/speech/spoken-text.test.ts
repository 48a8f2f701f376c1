import { expect, it } from "vitest";
import { languageOfText, spokenPieces } from "./spoken-text";

it("signs of Markdown, code, addresses and formulas are not read aloud", () => {
  const text = [
    "## A *short* list",
    "",
    "1. **Bold** and `code`, see [the page](https://x.example/a).",
    "- [x] done, snake_case stays",
    "",
    "```js",
    "const a = 1;",
    "```",
    "$$ x^2 $$",
    "",
    "| a | b |",
    "|---|---|",
    "| 1 | 2 |",
    "The end<br>of it.[^1]",
  ].join("\n");
  expect(spokenPieces(text)).toEqual([
    "A short list",
    "Bold and code, see the page.",
    "done, snake_case stays",
    "a, b",
    "1, 2",
    "The end of it.",
  ]);
  expect(spokenPieces("```py\nprint(1)")).toEqual([]);
});

it("a long text is cut after sentences, and no letter of it is lost", () => {
  const text = "One sentence of some length goes here. ".repeat(20).trim();
  const pieces = spokenPieces(text);
  expect(pieces.every((piece) => piece.length <= 220 && piece.endsWith("."))).toBe(true);
  expect(pieces.join(" ")).toBe(text);
  const endless = "字".repeat(1000);
  expect(spokenPieces(endless).join("")).toBe(endless);
  expect(Math.max(...spokenPieces(endless).map((piece) => piece.length))).toBe(220);
});

it.each([
  ["The price of the lantern is 17 coins.", "en"],
  ["Der Preis ist nicht hoch, und die Laterne leuchtet.", "de"],
  ["这是一个句子，里面有 GPU 这个词。", "zh"],
  ["これは日本語の文です。", "ja"],
  ["한국어 문장입니다.", "ko"],
  ["Это русский текст.", "ru"],
  ["xyz", "fr-CA"],
])("the language of “%s” is %s", (text, tag) => expect(languageOfText(text, "fr-CA")).toBe(tag));
