import type { PageLine } from "./page-layout";

/** A heading is this much larger than the text, and shorter than a paragraph. */
const LARGER = 1.15;
const MOST_CHARACTERS = 160;
const MOST_LINES = 3;
const MOST_LEVELS = 3;
/** The most of a document's letters that headings have; more in large type is text too. */
const MOST_SHARE = 0.3;

/** Levels of headings by the size of their letters, in halves of a point; the largest is 1. */
export function headingLevels(pages: readonly (readonly PageLine[])[]): ReadonlyMap<number, number> {
  const lengths = new Map<number, number>();
  let total = 0;
  for (const lines of pages)
    for (const { size, text } of lines) {
      lengths.set(half(size), (lengths.get(half(size)) ?? 0) + text.length);
      total += text.length;
    }
  let body = 0;
  for (const [size, length] of lengths) if (length > (lengths.get(body) ?? 0)) body = size;
  const larger = [...lengths].filter(([size]) => size >= LARGER * body).sort(([a], [b]) => b - a);
  const kept: number[] = [];
  let sum = 0;
  for (const [size, length] of larger) {
    if ((sum += length) > MOST_SHARE * total) break;
    kept.push(size);
  }
  return new Map(kept.map((size, at) => [size, Math.min(MOST_LEVELS, at + 1)]));
}

const half = (size: number): number => Math.round(size * 2) / 2;

/** The level of each line that is a heading; the lines of one are level 0 after its first. */
export function headingsOf(
  lines: readonly PageLine[],
  levels: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const headings = new Map<number, number>();
  if (levels.size === 0) return headings;
  for (let first = 0; first < lines.length;) {
    const level = levels.get(half(lines[first]!.size));
    let end = first + 1;
    let length = lines[first]!.text.length;
    while (end < lines.length && levels.get(half(lines[end]!.size)) === level && !lines[end]!.isApart)
      length += lines[end++]!.text.length;
    const isShort = length <= MOST_CHARACTERS && end - first <= MOST_LINES;
    const hasWord = lines.slice(first, end).some(({ text }) => /\p{L}{2}|\p{Lo}/u.test(text));
    if (level !== undefined && isShort && hasWord)
      for (let line = first; line < end; line++) headings.set(line, line === first ? level : 0);
    first = end;
  }
  return headings;
}
