import type { PageLine } from "./layout/page-layout";

/** A heading is this much larger than the text, and shorter than a paragraph. */
const LARGER = 1.15;
const MOST_CHARACTERS = 160;
const MOST_LINES = 3;
const MOST_BOLD_LINES = 2;
const MOST_LEVELS = 3;
/** The most of a document's letters that headings have; more in large type is text too. */
const MOST_SHARE = 0.3;

/** The ways in which a document sets its headings apart. */
export interface HeadingLevels {
  /** Levels by the size of letters, in halves of a point; the largest is 1. */
  readonly bySize: ReadonlyMap<number, number>;
  /** The level of bold lines of the size of the text; `null` where bold is no mark of headings. */
  readonly ofBold: number | null;
  readonly bodySize: number;
}

/** Finds how headings are set in a document: larger than its text, or bold. */
export function headingLevels(pages: readonly (readonly PageLine[])[]): HeadingLevels {
  const lengths = new Map<number, number>();
  let total = 0;
  let bold = 0;
  for (const lines of pages)
    for (const { size, text, isBold } of lines) {
      if (isBold) bold += text.length;
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
  return {
    bySize: new Map(kept.map((size, at) => [size, Math.min(MOST_LEVELS, at + 1)])),
    ofBold: bold <= MOST_SHARE * total ? Math.min(MOST_LEVELS, kept.length) + 1 : null,
    bodySize: body,
  };
}

const half = (size: number): number => Math.round(size * 2) / 2;

/** The level of each line that is a heading; the lines of one are level 0 after its first. */
export function headingsOf(lines: readonly PageLine[], levels: HeadingLevels): ReadonlyMap<number, number> {
  const headings = new Map<number, number>();
  if (levels.bySize.size === 0 && levels.ofBold === null) return headings;
  for (let first = 0; first < lines.length;) {
    const level = levelOf(lines[first]!, levels);
    const isBold = level !== undefined && level === levels.ofBold;
    let end = first + 1;
    let length = lines[first]!.text.length;
    while (end < lines.length && levelOf(lines[end]!, levels) === level && !lines[end]!.isApart)
      length += lines[end++]!.text.length;
    const most = isBold ? MOST_BOLD_LINES : MOST_LINES;
    const isShort =
      length <= MOST_CHARACTERS && end - first <= most && (!isBold || standsOver(lines, first, end));
    const hasWord = lines.slice(first, end).some(({ text }) => /\p{L}{2}|\p{Lo}/u.test(text));
    if (level !== undefined && isShort && hasWord)
      for (let line = first; line < end; line++) headings.set(line, line === first ? level : 0);
    first = end;
  }
  return headings;
}

function levelOf(line: PageLine, { bySize, ofBold, bodySize }: HeadingLevels): number | undefined {
  const level = bySize.get(half(line.size));
  if (level !== undefined || !line.isBold || ofBold === null) return level;
  return half(line.size) >= bodySize ? ofBold : undefined;
}

const caption = /^(?:fig(?:ure|\.)|tab(?:le|\.)|abb(?:ildung|\.)|图|表)\s*\d/iu;

/**
 * Tells whether bold lines stand over text: apart from what is above, ended by no full stop, cells of no
 * table, and with a line below that is not bold. Bold words at the start of a line are none: the line is not.
 */
function standsOver(lines: readonly PageLine[], first: number, end: number): boolean {
  const below = lines[end];
  if (!below || below.isBold || !(lines[first]!.isApart || first === 0)) return false;
  if (caption.test(lines[first]!.text)) return false;
  return lines.slice(first, end).every(({ text }, at, all) => {
    const isLast = at === all.length - 1;
    return !text.includes(" | ") && !(isLast && /[.,;!。，；]$/u.test(text));
  });
}
