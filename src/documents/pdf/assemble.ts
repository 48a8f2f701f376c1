import type { LeftOut, TextMark } from "../reading";
import { tidy } from "../text/decode-text";
import { furnitureOf } from "./furniture";
import { headingLevels, headingsOf } from "./headings";
import { joinAtHyphen, Words } from "./hyphens";
import type { PageLine } from "./layout/page-layout";

/** A page as it was read; `extra` stands after its text: form fields and comments. */
export interface ReadPage {
  readonly lines: readonly PageLine[];
  readonly extra: readonly ExtraText[];
  /** Said in place of its text, when it has none. */
  readonly missing: string;
}

export interface ExtraText {
  readonly kind: TextMark["kind"];
  readonly text: string;
}

/** Before each page, so that an answer can say where it has something from. */
export const pageMark = (n: number): string => `[Page ${n}]`;

export interface Assembled {
  readonly text: string;
  readonly starts: readonly number[];
  readonly marks: readonly TextMark[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The text of all pages, with what repeats on them left out and headings, footnotes and fields marked.
 */
export function assemble(pages: readonly ReadPage[]): Assembled {
  const lines = pages.map((page) => page.lines);
  const furniture = furnitureOf(lines);
  const levels = headingLevels(lines);
  const words = new Words();
  for (const page of lines) for (const { text } of page) words.add(text);
  const starts: number[] = [];
  const marks: TextMark[] = [];
  const leftOut: LeftOut[] = [];
  const parts: string[] = [];
  let length = 0;
  const write = (part: string, kind?: TextMark["kind"]) => {
    if (kind) marks.push({ kind, start: length, end: length + part.length });
    parts.push(part);
    length += part.length;
  };
  for (const [n, page] of pages.entries()) {
    starts.push(length);
    write(`${pageMark(n + 1)}\n`);
    const headings = headingsOf(page.lines, levels);
    const texts = undoHyphens(page.lines, furniture[n]!, words);
    let isFirst = true;
    for (const [at, line] of page.lines.entries()) {
      const own = furniture[n]!.get(at);
      if (own?.isRepeated) {
        leftOut.push({ kind: own.kind, at: length, text: tidy(line.text) });
        continue;
      }
      const text = tidy(texts[at]!);
      if (text === "") continue;
      const isApart = line.isApart || headings.get(at)! > 0;
      if (!isFirst) write(isApart ? "\n\n" : "\n");
      isFirst = false;
      const level = own ? 0 : (headings.get(at) ?? 0);
      if (level > 0) write(`${"#".repeat(level)} `);
      write(text, own?.kind ?? (line.isFootnote ? "footnote" : headings.has(at) ? "heading" : undefined));
    }
    for (const { kind, text } of page.extra) {
      if (!isFirst) write("\n\n");
      isFirst = false;
      write(tidy(text), kind);
    }
    if (isFirst)
      write(leftOut.at(-1)?.at === length ? "(This page has only what repeats on each page.)" : page.missing);
    if (n + 1 < pages.length) write("\n\n");
  }
  return { text: parts.join(""), starts, marks, leftOut };
}

/** The texts of the lines; what repeats on each page stands between the halves of no word. */
function undoHyphens(
  lines: readonly PageLine[],
  furniture: ReadonlyMap<number, unknown>,
  words: Words,
): string[] {
  const texts = lines.map(({ text }) => text);
  let last = -1;
  for (const at of texts.keys()) {
    if (furniture.has(at)) continue;
    const line = lines[at]!;
    if (last >= 0 && lines[last]!.isFootnote === line.isFootnote) {
      const joined = joinAtHyphen(texts[last]!, texts[at]!, words);
      if (joined) [texts[last], texts[at]] = joined;
    }
    // A line whose only word moved up holds no end of a line any more.
    if (texts[at] !== "") last = at;
  }
  return texts;
}
