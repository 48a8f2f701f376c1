import { beforeAll, describe, expect, it } from "vitest";
import { makePdf } from "../testing/make-pdf";
import { readDocument } from "./read-document";
import { standInForDomMatrix } from "../testing/dom-matrix";

/** Kinds of files that were read wrong once, of all formats: each as small as shows it. */

beforeAll(standInForDomMatrix);

async function read(bytes: Uint8Array<ArrayBuffer>, name: string) {
  const { document } = await readDocument({ kind: "file", file: new File([bytes], name), name });
  return { text: document.text, encoding: document.encoding, notes: document.notes ?? [] };
}

const hex = (bytes: string) => Uint8Array.from(bytes.match(/../g)!, (byte) => Number.parseInt(byte, 16));
const utf8 = (text: string) => new TextEncoder().encode(text);

describe("text in an older encoding", () => {
  // "Код зелёного ящика 4817. "
  const russian = hex("caeee420e7e5ebb8edeee3ee20fff9e8eae020343831372e20".repeat(5));
  it.each([
    ["cp1251.txt", russian, "Код зелёного ящика 4817."],
    [
      "gbk.csv",
      hex("b1e0bac52cc3fbb3c60a343831372cc2ccc9abb5c4cfe4d7d30a353531322cc0b6c9abb5c4cfe4d7d30a"),
      "4817,绿色的箱子",
    ],
    ["sjis.csv", hex("94d48d862c96bc914f0a343831372c97ce82cc94a00a353531322c90c282a294a00a"), "4817,緑の箱"],
  ])("%s is read, and said to be guessed", async (name, bytes, words) => {
    const { text, notes } = await read(bytes, name);
    expect(text).toContain(words);
    expect(notes).toMatchObject([{ kind: "guessed" }]);
  });

  it("that the file declares is no guess", async () => {
    const bytes = [
      ...utf8('<?xml version="1.0" encoding="windows-1251"?>\n<a>'),
      ...russian,
      ...utf8("</a>"),
    ];
    const { text, encoding, notes } = await read(Uint8Array.from(bytes), "declared.xml");
    expect(text).toContain("Код зелёного ящика 4817.");
    expect({ encoding, notes }).toEqual({ encoding: "windows-1251", notes: [] });
  });

  it("is not what one bad byte makes of UTF-8", async () => {
    const sentence = "绿色箱子的编号是4817。".repeat(20);
    const { text, encoding, notes } = await read(
      Uint8Array.from([...utf8(sentence), 0xe8, ...utf8("蓝色")]),
      "almost-utf8.txt",
    );
    expect(text).toBe(`${sentence}\ufffd蓝色`);
    expect(encoding).toBe("utf-8");
    expect(notes).toMatchObject([{ kind: "damaged", sentence: /^One place is not valid Unicode/ }]);
  });
});

it.each([
  ["left column, then right", 10],
  ["also where the gutter is as wide as a letter", 8],
])("two columns are read one after the other: %s", async (_, gutter) => {
  const left = [
    "In the first column stands a story",
    "about a lantern that was lit when",
    "the ships came home from the sea.",
  ];
  const right = [
    "In the second column there is one",
    "of a carpenter, who built a house",
    "of stone and never lived in it.",
  ];
  // A letter is 5 points wide; the left column ends with its longest line.
  const x = 72 + 5 * 34 + gutter;
  const rows = left.flatMap((text, n) => [
    { text, x: 72, y: 700 - 12 * n },
    { text: right[n]!, x, y: 700 - 12 * n },
  ]);
  const { text } = await read(makePdf([rows]), "columns.pdf");
  expect(text).toBe(["[Page 1]", ...left, "", ...right].join("\n"));
});
