import type { DocumentText } from "../../storage/documents";
import { partAt } from "../text/cuts";
import { differencesOf } from "./differences";
import { foldText, type FoldedText } from "./fold-text";
import { findNear } from "./near-match";
import type { Difference, Passage, Quotation } from "../../ground/document";
import { quotationsIn, type QuotedStretch } from "./quotations";
import { passageAt } from "./search-text";
import { whichPassage, type Candidate } from "./which-passage";

interface Searched {
  readonly document: DocumentText;
  readonly range: Passage | null;
  /** The document's name, by which an answer may say which of two it quotes. */
  readonly name?: string;
}

/** Shorter ones (a word, a code) are looked for word for word, and are no quotations if they are nowhere. */
const SHORTEST_QUOTATION = 12;
/** The fewest letters, in scripts whose letters are words or parts of words by themselves. */
const SHORTEST_UNSPACED = 5;
/** A passage with "…" in it may leave out this much. */
const LONGEST_ELLIPSIS = 3000;
/** More places of one document than this are not told apart. */
const MOST_CANDIDATES = 200;

interface FoldedDocument {
  readonly document: DocumentText;
  readonly name: string;
  readonly folded: FoldedText;
}

/** A piece of a quotation between ellipses. */
interface Piece {
  readonly text: string;
  readonly folded: string;
}

/** Looks up what an answer has in quotation marks in the documents it is about. */
export function findQuotations(answer: string, searched: readonly Searched[]): readonly Quotation[] {
  const stretches = quotationsIn(answer);
  if (stretches.length === 0) return [];
  const texts = searched.map(({ document, range, name = "" }) => ({
    document,
    name,
    folded: foldDocument(document, range),
  }));
  return stretches.flatMap((stretch): Quotation[] => {
    const { text, isUnsure = false } = stretch;
    const pieces = piecesOf(text);
    const found = findExactly(answer, stretch, pieces, texts) ?? findNearly(pieces, texts);
    if (found) return [{ text, found }];
    const isOne = !isUnsure && isQuotation(pieces.map(({ folded }) => folded).join(" "));
    return isOne ? [{ text, found: null }] : [];
  });
}

function piecesOf(text: string): readonly Piece[] {
  return (
    text
      .split(/\s*(?:[[(]?(?:…|\.\.\.)[\])]?)\s*/)
      // A sentence's own full stop may not be the document's.
      .map((piece) => ({
        text: piece,
        folded: foldText(piece)
          .text.trim()
          .replace(/[.,;:!?。，]$/u, ""),
      }))
      .filter(({ folded }) => folded !== "")
  );
}

type Found = NonNullable<Quotation["found"]>;

function foundAt(document: DocumentText, passage: Passage, differences: readonly Difference[] | null): Found {
  const number = document.numbers[partAt(document.starts, passage.start)]!;
  return {
    ...passage,
    documentId: document.id,
    unit: document.unit,
    number,
    ...(differences === null ? { isExact: true } : { isExact: false, differences }),
  };
}

function findExactly(
  answer: string,
  stretch: QuotedStretch,
  pieces: readonly Piece[],
  texts: readonly FoldedDocument[],
): Found | null {
  const candidates: Candidate[] = [];
  for (const { document, name, folded } of texts) {
    const own: Candidate[] = [];
    for (const { start, end } of exactPlaces(folded.text, pieces)) {
      own.push({ document, name, passage: passageAt(folded, start, end) });
      if (own.length === MOST_CANDIDATES) break;
    }
    // Of passages with words left out, the one that leaves out least is likeliest.
    if (pieces.length > 1) own.sort((a, b) => lengthOf(a.passage) - lengthOf(b.passage));
    candidates.push(...own);
  }
  if (candidates.length === 0) return null;
  const { document, passage } = whichPassage(answer, stretch, candidates);
  return foundAt(document, passage, null);
}

/** The document with the fewest differences that change what is said, of those that have it nearly. */
function findNearly(pieces: readonly Piece[], texts: readonly FoldedDocument[]): Found | null {
  let best: { found: Found; nDifferences: number } | null = null;
  for (const { document, folded } of texts) {
    const found = nearPieces(folded.text, pieces);
    if (!found) continue;
    const differences = pieces.flatMap(({ text }, at) => {
      const { start, end } = atWords(folded.text, found[at]!);
      const passage = passageAt(folded, start, end);
      return differencesOf(text, saidIn(document, passage));
    });
    const nDifferences = differences.length;
    if (best && best.nDifferences <= nDifferences) continue;
    const passage = passageAt(folded, found[0]!.start, found.at(-1)!.end);
    best = { found: foundAt(document, passage, differences), nDifferences };
  }
  return best?.found ?? null;
}

/** The words of a passage, without the lines that name pages. */
const saidIn = ({ text, unit }: DocumentText, { start, end }: Passage): string => {
  const said = text.slice(start, end);
  return unit === "page" ? said.replace(/\[Page \d+\]\n?/g, " ") : said;
};

/** A stretch with the whole words that it begins and ends in. */
function atWords(text: string, { start, end }: Passage): Passage {
  while (isCut(text, start)) start--;
  while (isCut(text, end)) end++;
  return { start, end };
}

const isQuotation = (folded: string) =>
  folded.length >= (/[\u3040-\u30ff\u3400-\u9fff]/.test(folded) ? SHORTEST_UNSPACED : SHORTEST_QUOTATION);

/** The lines that name pages are not part of what a page says. */
function foldDocument({ text, unit, starts, numbers }: DocumentText, range: Passage | null): FoldedText {
  const outside = range
    ? [
        { start: 0, end: range.start },
        { start: range.end, end: text.length },
      ].filter(({ start, end }) => end > start)
    : [];
  const marks =
    unit === "page" ? starts.map((start, at) => ({ start, end: markEnd(start, numbers[at]!) })) : [];
  return foldText(
    text,
    [...marks, ...outside].sort((a, b) => a.start - b.start),
  );
}

const markEnd = (start: number, page: number) => start + `[Page ${page}]`.length;

const lengthOf = ({ start, end }: Passage): number => end - start;

/** Whole words and numbers only: "costs 1" is not in "costs 17", and "able" not in "unable". */
function exactly(text: string, wanted: string, after: number): Passage | null {
  for (let start = text.indexOf(wanted, after); start >= 0; start = text.indexOf(wanted, start + 1)) {
    const end = start + wanted.length;
    if (!isCut(text, start) && !isCut(text, end)) return { start, end };
  }
  return null;
}

/** The stretches that begin with the first piece and have the others in order, each as short as it can be. */
function* exactPlaces(text: string, pieces: readonly Piece[]): Generator<Passage> {
  const [first, ...others] = pieces;
  if (!first) return;
  // Where each piece was found last: a later beginning finds it there or further on, so all is read once.
  const ahead: Passage[] = [];
  let next = exactly(text, first.folded, 0);
  while (next) {
    const { start } = next;
    let { end } = next;
    next = exactly(text, first.folded, start + 1);
    let isTogether = true;
    for (const [at, piece] of others.entries()) {
      if (!ahead[at] || ahead[at].start < end) {
        const found = exactly(text, piece.folded, end);
        if (!found) return;
        ahead[at] = found;
      }
      isTogether &&= ahead[at].start - end <= LONGEST_ELLIPSIS;
      end = ahead[at].end;
    }
    // One that begins later, before the second piece, is the shorter.
    const isShortest = !next || !ahead[0] || next.end > ahead[0].start;
    if (isTogether && isShortest) yield { start, end };
  }
}

/** Tells that a word or a number goes on over the place `at`. Scripts without spaces have no such words. */
function isCut(text: string, at: number): boolean {
  const [before, after] = [text[at - 1] ?? "", text[at] ?? ""];
  if (/\d/.test(before)) return /\d/.test(after) || /^[.,]\d/.test(text.slice(at, at + 2));
  if (/\d/.test(after)) return /^\d[.,]$/.test(text.slice(Math.max(0, at - 2), at));
  return spacedLetter.test(before) && spacedLetter.test(after);
}

const spacedLetter = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]/u;

/** The places of pieces, some of them changed a little: of the longest first, and the others around it. */
function nearPieces(text: string, pieces: readonly Piece[]): readonly Passage[] | null {
  const longest = Math.max(...pieces.map(({ folded }) => folded.length));
  const anchor = pieces.findIndex(({ folded }) => folded.length === longest);
  const place = anchor < 0 ? null : nearly(text, pieces[anchor]!.folded);
  if (!place) return null;
  const found = [place];
  for (const { folded } of pieces.slice(anchor + 1)) {
    const { end } = found.at(-1)!;
    const next = within(text, folded, end, end + LONGEST_ELLIPSIS + 2 * folded.length);
    if (!next) return null;
    found.push(next);
  }
  for (const { folded } of pieces.slice(0, anchor).reverse()) {
    const { start } = found[0]!;
    const before = within(text, folded, start - LONGEST_ELLIPSIS - 2 * folded.length, start);
    if (!before) return null;
    found.unshift(before);
  }
  return found;
}

const nearly = (text: string, wanted: string): Passage | null =>
  isQuotation(wanted) ? findNear(text, wanted) : null;

/** A piece in a stretch of the text, where even a word is told from others. */
function within(text: string, wanted: string, from: number, to: number): Passage | null {
  const first = Math.max(0, from);
  const stretch = text.slice(first, to);
  const found = exactly(stretch, wanted, 0) ?? nearly(stretch, wanted);
  return found && { start: first + found.start, end: first + found.end };
}
