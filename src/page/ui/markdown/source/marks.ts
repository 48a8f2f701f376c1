/** A stretch of Markdown that its parser must not read: a mark of two private characters stands for it. */
export type Piece =
  | { readonly kind: "formula"; readonly source: string; readonly tex: string; readonly isDisplay: boolean }
  | { readonly kind: "note"; readonly source: string; readonly label: string }
  | { readonly kind: "literal"; readonly source: string };

/** Markdown with marks in it, and what they stand for. */
export interface MarkedText {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** Spaces, at which addresses begin or end, that are taken out again. */
export const startOfAddress = "\ue002 ";
export const endOfAddress = "\u205f\ue002";
const besideAddress = /\ue002 |\u205f\ue002/g;

/** The characters that marks are made of; in a text of its own they are marked as literal. */
export const markCharacters = /[\ue000-\ue002]/;

const mark = /\ue000(\d+)\ue001/g;

export const markOf = (index: number) => `\ue000${index}\ue001`;

/** Puts back what the marks stand for. */
export function restore(text: string, pieces: readonly Piece[]): string {
  if (!markCharacters.test(text)) return text;
  return text.replace(besideAddress, "").replace(mark, (_, index) => pieces[Number(index)]?.source ?? "");
}

/** Splits a text into its stretches without marks and the pieces between them. */
export function splitAtMarks(text: string, pieces: readonly Piece[]): (string | Piece)[] {
  return text
    .replace(besideAddress, "")
    .split(mark)
    .map((part, at) => (at % 2 === 0 ? part : pieces[Number(part)]!))
    .filter((part) => part !== "");
}

/** The labels of notes that a text with marks refers to. */
export function labelsIn(text: string, pieces: readonly Piece[]): string[] {
  return [...text.matchAll(mark)].flatMap(([, index]) => {
    const piece = pieces[Number(index)];
    return piece?.kind === "note" ? [piece.label] : [];
  });
}
