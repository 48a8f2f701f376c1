import type { DocumentUnit } from "../../ground/document";

/** The cuts of a text into parts, which can be chosen, counted and encoded by themselves. */
export interface Cuts {
  readonly unit: DocumentUnit;
  /** The start of each part; the first is 0. */
  readonly starts: readonly number[];
  /** The page of each part, or its first line, counted from 1. */
  readonly numbers: readonly number[];
}

/** About a screen and a half of text: fine enough to choose by, and 1,000 parts in 2 MB. */
const PART_LENGTH = 2000;
/** A line this long (minified code, a table in one line) is cut inside. */
const LONGEST_PART = 8000;

/**
 * Cuts at the ends of lines, before a line that begins with something visible: there no token of Qwen's
 * tokenizer reaches across, so the parts' ids in a row are the ids of the whole. Only inside of very long
 * lines a token may be cut.
 */
export function cutAtLines(text: string): Cuts {
  const starts = [0];
  const numbers = [1];
  let line = 1;
  const cut = (at: number) => {
    starts.push(at);
    numbers.push(line);
  };
  let start = 0;
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline + 1;
    while (end - start > LONGEST_PART) {
      const inside = cutInside(text, start + PART_LENGTH, start + LONGEST_PART);
      if (inside <= at) {
        // The lines before this one are a part of their own.
        if (at === start) break;
        cut((start = at));
        continue;
      }
      cut((start = inside));
    }
    if (newline < 0) break;
    line++;
    at = end;
    if (at - start >= PART_LENGTH && at < text.length && /\S/.test(text[at]!)) cut((start = at));
  }
  return { unit: "line", starts, numbers };
}

/** The last space in [first, last), or `last`, but never inside a pair of surrogates. */
function cutInside(text: string, first: number, last: number): number {
  for (let at = last; at > first; at--) if (/\s/.test(text[at]!)) return at;
  return isLowSurrogate(text, last) ? last - 1 : last;
}

const isLowSurrogate = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text[at] ?? "");

/** The part that holds the character at `at`. */
export function partAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
