import type { DocumentText } from "../../storage/documents";
import type { Passage } from "../../ground/document";
import { partAt } from "../text/cuts";
import { foldText } from "./fold-text";
import type { QuotedStretch } from "./quotations";

/** One of several places where a quotation stands word for word. */
export interface Candidate {
  readonly document: DocumentText;
  readonly name: string;
  readonly passage: Passage;
}

/** A page or document that an answer names this far from a quotation is the quotation's. */
const NAMED_WITHIN = 200;
/** The letters before and after a place that are compared with those beside the quotation. */
const NEIGHBOURHOOD = 300;

const pageNamed =
  /(?:\b(?:pages?|pp?\.|seiten?|s\.|p[áa]ginas?|p[áa]g\.|str\.|stron\w*|strana)|стр(?:\.|аниц\p{L}*)|(?:на|from|on)\s+p)\s*(\d+)(?:\s*[-–—]\s*(\d+))?|第\s*(\d+)\s*[页頁ページ]|(\d+)\s*(?:ページ|페이지|쪽|-?(?:я|й|ю)?\s*страниц)/giu;
const lineNamed =
  /\b(?:lines?|zeilen?|lignes?|l[íi]neas?|righ[ea]|linhas?)\s*(\d+)(?:\s*[-–—]\s*(\d+))?|第\s*(\d+)\s*行|строк\p{L}*\s*(\d+)/giu;

/**
 * Chooses which of equal passages an answer means: that on the page or of the document it names beside the
 * quotation, else that with most of the answer's own words around it, else the first.
 */
export function whichPassage(
  answer: string,
  { start, end }: QuotedStretch,
  candidates: readonly Candidate[],
): Candidate {
  if (candidates.length === 1) return candidates[0]!;
  const before = answer.slice(Math.max(0, start - NAMED_WITHIN), start);
  const after = answer.slice(end, end + NAMED_WITHIN);
  // What another paragraph says is of other quotations.
  const beside = [before.slice(before.lastIndexOf("\n\n") + 1), after.split("\n\n", 1)[0]!] as const;
  const words = new Set(wordsOf(foldText(`${beside[0]} ${beside[1]}`).text));
  const named = { page: nearest(pageNamed, beside), line: nearest(lineNamed, beside) };
  const nearby = foldText(`${beside[0]} ${beside[1]}`).text;
  let best = candidates[0]!;
  let bestScore = -1;
  for (const candidate of candidates) {
    const { document, passage, name } = candidate;
    let score = 0;
    const range = named[document.unit];
    const number = numberOf(document, passage.start);
    if (range && number >= range[0] && number <= range[1]) score += 1000;
    const stem = foldText(name.replace(/^.*\//, "").replace(/\.\w+$/, "")).text;
    if (stem.length > 2 && nearby.includes(stem)) score += 500;
    const around = neighbourhood(document, passage);
    for (const word of new Set(wordsOf(foldText(around).text))) if (words.has(word)) score++;
    if (score > bestScore) [best, bestScore] = [candidate, score];
  }
  return best;
}

/** The text around a passage, on its own page where there are pages. */
function neighbourhood({ text, unit, starts }: DocumentText, { start, end }: Passage): string {
  const page = unit === "page" ? partAt(starts, start) : undefined;
  const [first, last] =
    page === undefined ? [0, text.length] : [starts[page]!, starts[page + 1] ?? text.length];
  return text.slice(
    Math.max(first, start - NEIGHBOURHOOD),
    Math.max(end, Math.min(last, end + NEIGHBOURHOOD)),
  );
}

/** Words that are more than an article. */
const wordsOf = (folded: string): readonly string[] =>
  folded.match(/[\p{L}\p{N}]{4,}|\p{Script=Han}/gu) ?? [];

/** The page, or the line itself, at a place in the text. */
function numberOf({ text, unit, starts, numbers }: DocumentText, at: number): number {
  const part = partAt(starts, at);
  const lines = unit === "line" ? text.slice(starts[part], at).split("\n").length - 1 : 0;
  return numbers[part]! + lines;
}

/** The range of numbers named nearest to the quotation; of two as near the one behind it. */
function nearest(
  named: RegExp,
  [before, after]: readonly [string, string],
): readonly [first: number, last: number] | undefined {
  const range = (match: RegExpMatchArray | undefined) => {
    const [first, last] = match?.slice(1).filter(Boolean).map(Number) ?? [];
    return first === undefined ? undefined : ([first, last ?? first] as const);
  };
  const last = [...before.matchAll(named)].at(-1);
  const next = [...after.matchAll(named)][0];
  const distance = last ? before.length - last.index - last[0].length : Infinity;
  return range(next && next.index <= distance ? next : (last ?? next));
}
