import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../read-document";
import { languageFor } from "./languages";
import { recognitionNotes } from "./notes";
import { pictureKind } from "./picture-kind";
import { startRecognizer, type Recognizer } from "./recognizer";
import { recognizedPage, type RecognizedPage } from "./recognized-page";

const letter = Uint8Array.from(readFileSync(join(import.meta.dirname, "cases/letter.jpg")));
const languages = join(import.meta.dirname, "../../../node_modules/@tesseract.js-data/eng/4.0.0_best_int");

describe("a picture of text", () => {
  let recognizer: Recognizer;
  beforeAll(async () => {
    recognizer = await startRecognizer("eng", { languages });
  }, 60_000);
  afterAll(() => recognizer.end());

  it("is recognised, with its heading and how sure that is", async () => {
    const page = await recognizer.recognize(letter);
    const { lines, confidence } = recognizedPage(page, { width: 780, height: 202, scale: 1.3 });
    expect(lines.map(({ text }) => text)).toEqual([
      "Minutes of the Board",
      "The meeting opened at nine with seven members present. The code",
      "of the green crate is 48213, as the warden told the board, and the",
      "red lantern costs 17 coins. All agreed to paint the boat in spring.",
    ]);
    expect(lines[0]!.size).toBeGreaterThan(1.15 * lines[1]!.size);
    expect(confidence).toBeGreaterThan(85);
    expect(confidence).toBeLessThanOrEqual(100);
  }, 60_000);

  it("that is none says so", async () => {
    await expect(recognizer.recognize(new Uint8Array(64))).rejects.toMatchObject({ code: "document" });
  }, 60_000);

  it("is not recognised unasked", async () => {
    const name = "letter.jpg";
    const source = { kind: "file", file: new File([letter], name), name } as const;
    await expect(readDocument(source)).rejects.toMatchObject({
      code: "document-picture",
      message: "“letter.jpg” is a picture (JPEG).",
    });
  });
});

it("a language that is not there is told, and what to do", async () => {
  await expect(startRecognizer("deu", { languages })).rejects.toMatchObject({
    code: "document",
    message: /^Text recognition in German could not be started/,
  });
}, 60_000);

it("a stop ends it before it begins", async () => {
  await expect(startRecognizer("eng", { languages }, AbortSignal.abort())).rejects.toMatchObject({
    code: "cancelled",
  });
});

it.each([
  [["de-AT", "en"], "deu"],
  [["pt-BR", "zh-Hant-TW"], "chi_sim"],
  [["fi"], "eng"],
  [[], "eng"],
])("a person of %j is offered %s", (tags, language) => {
  expect(languageFor(tags)).toBe(language);
});

it.each([
  ["\x89PNG\r\n\x1a\n", "PNG"],
  ["GIF89a", "GIF"],
  ["RIFF\x10\0\0\0WEBPVP8 ", "WebP"],
  ["\0\0\0\x20ftypavif", "AVIF"],
  ["BM\x10\0\0\0\0\0\0\0", "BMP"],
  ["BMW sells cars.", null],
  ["RIFF is a word", null],
])("bytes that begin with %j are a picture of kind %s", (start, kind) => {
  expect(pictureKind(Uint8Array.from(start, (letter) => letter.charCodeAt(0)))).toBe(kind);
});

it("pages are told apart: sure, hard to read, and empty", () => {
  const line = { text: "a", size: 10, isApart: false, top: 0, bottom: 0, left: 0, isFootnote: false };
  const page = (confidence: number, nLines: number): RecognizedPage => ({
    lines: new Array<typeof line>(nLines).fill(line),
    confidence,
    nLinesDropped: nLines > 0 ? 0 : 3,
  });
  const notes = recognitionNotes(
    new Map([
      [2, page(96, 3)],
      [4, page(60, 1)],
      [7, page(0, 0)],
    ]),
    "fra",
  );
  expect(notes).toEqual([
    {
      kind: "guessed",
      sentence:
        "The text of pages 2, 4 was recognised (French), 78\u00a0% sure. Compare numbers and names with the original.",
      numbers: [2, 4],
    },
    {
      kind: "damaged",
      sentence:
        "Page 4 was hard to read, 60\u00a0% sure: expect wrong words. Another language or a sharper scan may help.",
      numbers: [4],
    },
    {
      kind: "left-out",
      sentence: "3 lines could not be recognised, and are left out: specks, drawings or unclear writing.",
    },
    { kind: "scanned", sentence: "Page 7 has no text that could be recognised.", numbers: [7] },
  ]);
});
