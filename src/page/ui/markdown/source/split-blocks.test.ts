import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BlockSplitter, splitBlocks, type MarkdownBlock } from "./split-blocks";

const text = (source: string, definitions = ""): MarkdownBlock => ({
  kind: "text",
  source,
  definitions,
  notes: "",
});
const blocksOf = (markdown: string) => splitBlocks(markdown).blocks;
const code = (language: string, source: string): MarkdownBlock => ({ kind: "code", language, code: source });

describe("splitBlocks", () => {
  it("splits paragraphs, headings and tables at blank lines", () => {
    const table = "| a | b |\n|---|---|\n| 1 | 2 |";
    expect(blocksOf(`# Title\n\nOne\ntwo\n\n\n${table}\n`)).toEqual([
      text("# Title"),
      text("One\ntwo"),
      text(table),
    ]);
  });

  it("gives code its language and its text, blank lines and all", () => {
    expect(blocksOf("Look:\n```ts title\nlet a;\n\n# no heading\n```\ndone")).toEqual([
      text("Look:"),
      code("ts", "let a;\n\n# no heading"),
      text("done"),
    ]);
  });

  it("a fence that has not ended yet runs to the end", () => {
    expect(blocksOf("```py\nprint(1)\n")).toEqual([{ ...code("py", "print(1)\n"), isOpen: true }]);
  });

  it("only a fence of the same kind and at least its length ends one", () => {
    expect(blocksOf("````md\n```js\nx\n```\n~~~\n````\nend")).toEqual([
      code("md", "```js\nx\n```\n~~~"),
      text("end"),
    ]);
  });

  it("inline code in backticks is no fence", () => {
    expect(blocksOf("```not a fence``` here")).toEqual([text("```not a fence``` here")]);
  });

  it("keeps a list together over blank lines, with its indented text and code", () => {
    const list = "1. one\n\n   more of one\n\n   ```js\n   x\n   ```\n\n2. two";
    expect(blocksOf(`${list}\n\nAfter`)).toEqual([text(list), text("After")]);
  });

  it("a fence at the margin ends a list", () => {
    expect(blocksOf("- a\n```\nx\n```")).toEqual([text("- a"), code("", "x")]);
  });

  it("gives a link's definition to the blocks that name it", () => {
    const blocks = blocksOf("See [the Docs].\n\nNothing [here].\n\n[the docs]: https://example.org");
    expect(blocks[0]).toEqual(text("See [the Docs].", "[the docs]: https://example.org"));
    expect(blocks[1]).toEqual(text("Nothing [here]."));
  });

  it("while text is added, all but the last two blocks stay as they are", () => {
    const whole =
      "# T\n\nOne two.\n\n- a\n\n- b\n  - c\n\n```js\nlet x;\n\nlet y;\n```\n\n| a |\n|---|\n| 1 |\n\nEnd.";
    for (let length = 1; length < whole.length; length++) {
      const [before, after] = [blocksOf(whole.slice(0, length)), blocksOf(whole.slice(0, length + 1))];
      expect(after.slice(0, Math.max(0, before.length - 2))).toEqual(before.slice(0, -2));
    }
  });

  it("loses no word", () => {
    const whole = "a\n\n- b\n\n  c\n\nd\n~~~\ne\n~~~\nf\n\n> g\n\n1) h\n\n\ti";
    const joined = blocksOf(whole)
      .map((b) => (b.kind === "code" ? b.code : b.source))
      .join(" ");
    expect(joined.match(/[a-i]/g)?.join("")).toBe("abcdefghi");
  });
});

describe("BlockSplitter", () => {
  const pieces = [
    ...[
      "$",
      "$$",
      "\\(",
      "\\)",
      "\\[",
      "\\]",
      "`",
      "```",
      "~~~",
      "```js\n",
      "x_1",
      "=",
      "5 ",
      "word ",
      "a b c ",
    ],
    ...[
      "[^1]",
      "[^1]: ",
      "[a]: https://a.example",
      "[a]",
      "[",
      "](",
      "https://example.org",
      "。",
      "\r\n",
      "\r",
    ],
    ...["\n", "\n\n", "\n\n", "\n\n", "> ", "- ", "1. ", "  ", "    ", "| a |\n|---|", "\\", "\ue0000\ue001"],
  ];
  const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 60 });

  it("gives, while a text grows, what splitting all of it gives", () => {
    fc.assert(
      fc.property(text, (parts) => {
        const splitter = new BlockSplitter();
        let whole = "";
        for (const part of parts) {
          whole += part;
          expect(splitter.split(whole)).toEqual(splitBlocks(whole));
        }
      }),
      { numRuns: 200, seed: 20261130 },
    );
  });

  it("of a text that grew, gives the very blocks that did not change", () => {
    const splitter = new BlockSplitter();
    const long = Array.from({ length: 50 }, (_, at) => `## Part ${at}\n\nText with $x_${at}$.`).join("\n\n");
    const before = splitter.split(long).blocks;
    const after = splitter.split(`${long} More.\n\nEnd.`).blocks;
    expect(after.length).toBe(before.length + 1);
    expect(after.slice(0, 98).every((block, at) => block === before[at])).toBe(true);
  });

  it("follows a text that is another one, and definitions that come late", () => {
    const splitter = new BlockSplitter();
    splitter.split("One [a].\n\nTwo.\n\nThree.\n\nFour.");
    const grown = "One [a].\n\nTwo.\n\nThree.\n\nFour.\n\n[a]: https://example.org";
    expect(splitter.split(grown)).toEqual(splitBlocks(grown));
    expect(splitter.split("Other.\n\nText.")).toEqual(splitBlocks("Other.\n\nText."));
  });
});
