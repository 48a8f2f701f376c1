import { Places, reachOfDisplay, readDisplay, readInline, readRound } from "./formula-bounds";
import { endOfAddress, markOf, startOfAddress, type MarkedText, type Piece } from "./marks";

/**
 * A stretch of the source in which something may be one: text that is added decides about it, unless it is
 * all there.
 */
export interface Reach {
  readonly start: number;
  readonly end: number;
}

// More are no formulas that anybody reads; they would take the page seconds.
const mostPieces = 5_000;

// A line that opens fenced code, in lists and quotations too; the opening marks are its first group.
const fence = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*(`{3,}(?=[^`\n]*$)|~{3,})/;
const lineStart = /[ \t>*+\-.)\d]/;

// What may begin something: an own mark, an escape, code, a formula, a note, an address.
const beginning = /[\ue000-\ue002]|\\[\s\S]|`+|~{3,}|\$+|\[\^[^\]\s[]{1,80}\]:?|(?:https?:\/\/|www\.)/g;

// Full-width and other punctuation that ends an address, though the rule for addresses does not know it.
const address =
  /[^\s<>\u3001-\u3004\u3008-\u3020\u3030\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201f\u2026\u060c\u061b\u061f\u06d4\u0964\u0965]*/y;

/**
 * Puts marks in the place of formulas and references to notes, so that Markdown reads nothing in them, and
 * ends addresses before full-width punctuation. What stands in code is left alone. Runs in linear time: each
 * search for an end is remembered.
 */
export function markText(markdown: string): MarkedText & { readonly reaches: readonly Reach[] } {
  const pieces: Piece[] = [];
  const reaches: Reach[] = [];
  const places = new Places(markdown);
  let text = "";
  let copied = 0;

  const put = (start: number, piece: Piece) => {
    text += markdown.slice(copied, start) + markOf(pieces.length);
    pieces.push(piece);
    copied = start + piece.source.length;
    beginning.lastIndex = copied;
  };
  const putLiteral = (start: number, source: string) => put(start, { kind: "literal", source });

  beginning.lastIndex = 0;
  for (
    let match = beginning.exec(markdown);
    match && pieces.length < mostPieces;
    match = beginning.exec(markdown)
  ) {
    const at = match.index;
    const [found] = match;
    const first = found[0]!;
    if (first === "`" || first === "~") {
      const end = endOfCode(markdown, at, found, places);
      reaches.push({ start: at, end: end < markdown.length ? end : Infinity });
      beginning.lastIndex = end;
    } else if (first === "$") {
      const formula = found.length === 1 ? readInline(places, at) : readDisplay(places, at, "dollars");
      if (found.length === 2) reaches.push({ start: at, end: reachOfDisplay(places, at, "dollars") });
      if (formula && formula !== "unfinished" && found.length <= 2) put(at, formula);
    } else if (first === "\\") {
      const opening = found[1];
      if (opening !== "(" && opening !== "[") continue;
      const formula = opening === "(" ? readRound(places, at) : readDisplay(places, at, "brackets");
      if (opening === "[") reaches.push({ start: at, end: reachOfDisplay(places, at, "brackets") });
      if (formula === "unfinished") putLiteral(at, found);
      else if (formula) put(at, formula);
    } else if (first === "[") {
      if (found.endsWith(":") && isLineStart(markdown, at)) continue;
      const source = found.replace(/:$/, "");
      put(at, { kind: "note", source, label: source.slice(2, -1).toLowerCase() });
    } else if (first === "h" || first === "w") {
      address.lastIndex = at;
      const end = at + address.exec(markdown)![0].length;
      beginning.lastIndex = end;
      if (isDestination(markdown, at)) continue;
      // `www.` has to stand after a space for Markdown, and Chinese has none.
      if (first === "w" && markdown.charCodeAt(at - 1) > 127) {
        text += markdown.slice(copied, at) + startOfAddress;
        copied = at;
      }
      if (/^(?:[\s<>]|$)/.test(markdown.charAt(end))) continue;
      text += markdown.slice(copied, end) + endOfAddress;
      copied = end;
    } else putLiteral(at, found);
  }
  return { text: text + markdown.slice(copied), pieces, reaches };
}

/** The end of the code that opens at `at`, or of its opening marks if it does not close. */
function endOfCode(markdown: string, at: number, opening: string, places: Places): number {
  const afterOpening = at + opening.length;
  if (opening.length >= 3 && isAfterMarkers(markdown, at)) {
    const line = markdown.slice(places.startOfLine(at), places.endOfLine(at));
    if (fence.test(line)) {
      const closing = new RegExp(`^[ \\t>]*\\${opening[0]}{${opening.length},}[ \\t]*$`, "gm");
      closing.lastIndex = places.endOfLine(at);
      const end = closing.exec(markdown);
      return end ? end.index + end[0].length : markdown.length;
    }
  }
  if (opening[0] === "~") return afterOpening;
  const close = places.closingBackticks(afterOpening, opening.length);
  return close < 0 || close > places.endOfParagraph(at) ? afterOpening : close + opening.length;
}

function isAfterMarkers(markdown: string, at: number): boolean {
  for (let i = at - 1; i >= 0 && markdown[i] !== "\n"; i--) if (!lineStart.test(markdown[i]!)) return false;
  return true;
}

function isLineStart(markdown: string, at: number): boolean {
  return /(?:^|\n) {0,3}$/.test(markdown.slice(Math.max(0, at - 4), at));
}

/** An address in brackets of its own: a link's, in angles, or of a definition. */
function isDestination(markdown: string, at: number): boolean {
  return /(?:\]\(|<|\]:[ \t]*)$/.test(markdown.slice(Math.max(0, at - 12), at));
}
