import type { DocumentText } from "../../storage/documents";
import { partAt } from "../text/cuts";
import { foldText, type FoldedText } from "./fold-text";
import { findNear } from "./near-match";
import type { Passage, Quotation } from "../../ground/document";
import { quotationsIn } from "./quotations";
import { passageAt } from "./search-text";

interface Searched {
  readonly document: DocumentText;
  readonly range: Passage | null;
}

/** Shorter ones (a word, a code) are looked for word for word, and are no quotations if they are nowhere. */
const SHORTEST_QUOTATION = 12;
/** The fewest letters, in scripts whose letters are words or parts of words by themselves. */
const SHORTEST_UNSPACED = 5;
/** A passage with "…" in it may leave out this much. */
const LONGEST_ELLIPSIS = 3000;

/** Looks up what an answer has in quotation marks in the documents it is about. */
export function findQuotations(answer: string, searched: readonly Searched[]): readonly Quotation[] {
  const stretches = quotationsIn(answer);
  if (stretches.length === 0) return [];
  const texts = searched.map(({ document, range }) => ({ document, folded: foldDocument(document, range) }));
  return stretches.flatMap(({ text }): Quotation[] => {
    const pieces = text
      .split(/\s*(?:\[?(?:…|\.\.\.)\]?)\s*/)
      // A sentence's own full stop may not be the document's.
      .map((piece) =>
        foldText(piece)
          .text.trim()
          .replace(/[.,;:!?。，]$/u, ""),
      )
      .filter((piece) => piece !== "");
    for (const look of [exactly, nearly]) {
      for (const { document, folded } of texts) {
        const passage = findPieces(folded, pieces, look);
        if (!passage) continue;
        const number = document.numbers[partAt(document.starts, passage.start)]!;
        const isExact = look === exactly;
        return [
          { text, found: { ...passage, documentId: document.id, unit: document.unit, number, isExact } },
        ];
      }
    }
    return isQuotation(pieces.join(" ")) ? [{ text, found: null }] : [];
  });
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

type Look = (text: string, wanted: string, after: number) => Passage | null;

const exactly: Look = (text, wanted, after) => {
  const start = text.indexOf(wanted, after);
  return start < 0 ? null : { start, end: start + wanted.length };
};

const nearly: Look = (text, wanted, after) => (isQuotation(wanted) ? findNear(text, wanted, after) : null);

function findPieces(folded: FoldedText, pieces: readonly string[], look: Look): Passage | null {
  const found: Passage[] = [];
  for (const piece of pieces) {
    const end = found.at(-1)?.end;
    const next = look(folded.text, piece, end ?? 0);
    if (!next || (end !== undefined && next.start - end > LONGEST_ELLIPSIS)) return null;
    found.push(next);
  }
  return found.length === 0 ? null : passageAt(folded, found[0]!.start, found.at(-1)!.end);
}
