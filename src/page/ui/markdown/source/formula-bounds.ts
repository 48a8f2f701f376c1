import type { Piece } from "./marks";

type Formula = Extract<Piece, { kind: "formula" }>;

const longestInline = 2_000;
const longestDisplay = 20_000;
const isTex = /[\\^_={}]/;

/** A number, then a word, a cell or full-width text: the price of something. */
const price =
  /^\d[\d.,]*;?(?:\s+(?:[AaI]\s+)?[A-Za-z]{2,}|\s*[|\u3001-\u3011\u3040-\u9fff\uac00-\ud7af\uff01-\uff60])/;
const isPower = /[\\^]/;
const prose = /\b[A-Za-z]{2,}[,;:]?\s+[A-Za-z]{2,}[,;:]?\s+[A-Za-z]{2,}/;
const twoWords = /\b[A-Za-z]{2,}\s+[A-Za-z]{2,}/;

/** Finds ends in a text, each of them once: searches go forward only, and what they found is kept. */
export class Places {
  private readonly found = new Map<string, number>();
  private readonly backticks = new Map<number, { readonly starts: number[]; next: number }>();

  constructor(readonly text: string) {}

  /** First place of `needle` from `from` on, or -1; calls with the same needle go forward. */
  next(needle: string, from: number): number {
    const known = this.found.get(needle);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const at = this.text.indexOf(needle, from);
    this.found.set(needle, at);
    return at;
  }

  startOfLine(at: number): number {
    return this.text.lastIndexOf("\n", at - 1) + 1;
  }

  endOfLine(at: number): number {
    const end = this.next("\n", at);
    return end < 0 ? this.text.length : end;
  }

  /** The first blank line from `at` on, or the end. */
  endOfParagraph(at: number): number {
    const known = this.found.get("blank");
    if (known !== undefined && known >= at) return known;
    const blank = /\n[ \t>]*(?=\n)/g;
    blank.lastIndex = at;
    const end = blank.exec(this.text)?.index ?? this.text.length;
    this.found.set("blank", end);
    return end;
  }

  /** The first run of exactly `length` backticks from `from` on, or -1. */
  closingBackticks(from: number, length: number): number {
    if (this.backticks.size === 0) {
      this.backticks.set(0, { starts: [], next: 0 });
      for (const run of this.text.matchAll(/`+/g)) {
        const same = this.backticks.get(run[0].length) ?? { starts: [], next: 0 };
        same.starts.push(run.index);
        this.backticks.set(run[0].length, same);
      }
    }
    const runs = this.backticks.get(length);
    if (!runs) return -1;
    while (runs.next < runs.starts.length && runs.starts[runs.next]! < from) runs.next++;
    return runs.starts[runs.next] ?? -1;
  }
}

/**
 * The formula between `$` and `$`, by pandoc's rule: no space inside the dollars, no digit after the closing
 * one. Spaces on both sides are taken if the rest can only be a formula.
 */
export function readInline(places: Places, at: number): Formula | undefined {
  const { text } = places;
  const before = text.charAt(at - 1);
  if (/[A-Za-z]/.test(before) && /\d/.test(text.charAt(at + 1))) return undefined; // US$5
  const end = closingDollar(places, at + 1);
  if (end < 0) return undefined;
  const content = text.slice(at + 1, end);
  const after = text.charAt(end + 1);
  if (content.trim() === "" || content.includes("`") || /\d/.test(after)) return undefined;
  const isPadded = /^\s/.test(content);
  if (isPadded !== /\s$/.test(content)) return undefined;
  if (isPadded && !isTex.test(content) && !/^\s+[A-Za-z]\s+$/.test(content)) return undefined;
  if (price.test(content) && !isPower.test(content)) return undefined;
  if (prose.test(content) && !isTex.test(content)) return undefined;
  // $HOME/$USER
  if (/[A-Za-z_]/.test(after) && /[^\w)}\]]$/.test(content)) return undefined;
  return formula(places, at, end + 1, 1, false);
}

/** The closing dollar of the same paragraph, or -1. */
function closingDollar({ text }: Places, from: number): number {
  const last = Math.min(text.length, from + longestInline);
  for (let at = from; at < last; at++) {
    if (text[at] === "$") return text[at + 1] === "$" && text[at - 1] !== "\\" ? -1 : at;
    if (text[at] === "\\") at++;
    else if (text[at] === "\n" && /^[ \t>]*(?:\n|$)/.test(text.slice(at + 1, at + 40))) return -1;
  }
  return -1;
}

/** The formula between `\(` and `\)`; undefined where only brackets are escaped. */
export function readRound(places: Places, at: number): Formula | "unfinished" | undefined {
  const end = places.next("\\)", at + 2);
  if (end < 0 || end > places.endOfParagraph(at) || end - at > longestInline) return "unfinished";
  const content = places.text.slice(at + 2, end);
  if (content.trim() === "" || (twoWords.test(content) && !isTex.test(content))) return undefined;
  return formula(places, at, end + 2, 2, false);
}

/** The formula between `$$` and `$$` or `\[` and `\]`, over blank lines too where it must be one. */
export function readDisplay(
  places: Places,
  at: number,
  kind: "dollars" | "brackets",
): Formula | "unfinished" | undefined {
  const { text } = places;
  const isBracket = kind === "brackets";
  const none = isBracket ? "unfinished" : undefined;
  const end = endOfDisplay(places, at, kind);
  if (end < 0 || end - at > longestDisplay) return none;
  const content = text.slice(at + 2, end);
  if (content.trim() === "" || content.includes("```")) return undefined;
  if (end > places.endOfParagraph(at)) {
    const isAlone = /^[ \t]*\n/.test(content) || /^[ \t]*(?:\n|$)/.test(text.slice(end + 2, end + 40));
    if (!isAlone || !isTex.test(content)) return none;
  }
  // [1] and [text](address) with escaped brackets.
  if (isBracket && (/^[\d\s,–-]*$/.test(content) || text[end + 2] === "(")) return undefined;
  if (isBracket && !isTex.test(content) && prose.test(content)) return undefined;
  return formula(places, at, end + 2, 2, true);
}

/** The place up to which text decides about a display formula that may begin at `at`. */
export function reachOfDisplay(places: Places, at: number, kind: "dollars" | "brackets"): number {
  const end = endOfDisplay(places, at, kind);
  if (end >= 0) return Math.min(end, at + longestDisplay) + 42; // and what stands beside its end
  return places.text.length - at > longestDisplay ? at : Infinity;
}

/** The place of the closing marks, or -1. */
function endOfDisplay(places: Places, at: number, kind: "dollars" | "brackets"): number {
  const isBracket = kind === "brackets";
  const closing = isBracket ? "\\]" : "$$";
  let end = places.next(closing, at + 2);
  // `\\]` is a line's end, then a bracket.
  while (isBracket && end > 0 && places.text[end - 1] === "\\" && places.text[end - 2] !== "\\")
    end = places.next(closing, end + 2);
  return end;
}

function formula(places: Places, start: number, end: number, width: number, isDisplay: boolean): Formula {
  const source = places.text.slice(start, end);
  let tex = source.slice(width, -width);
  if (tex.includes("\n")) {
    const isQuoted = /^[ \t]*>/.test(places.text.slice(places.startOfLine(start), start));
    if (isQuoted) tex = tex.replace(/\n[ \t]*(?:>[ \t]?)+/g, "\n");
    // A blank line would end a formula for TeX.
    tex = tex.replace(/\n\s*\n/g, "\n");
  }
  return { kind: "formula", source, tex: tex.trim(), isDisplay };
}
