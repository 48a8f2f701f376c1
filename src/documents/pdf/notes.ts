import { counted, formatCount } from "../../ground/figures";
import type { DocumentNote, LeftOut } from "../reading";
import type { Textless } from "./scanned";

export interface Findings {
  readonly nPages: number;
  readonly damaged: readonly number[];
  readonly cut: readonly number[];
  readonly textless: ReadonlyMap<number, Textless>;
  /** Pages with signs that are no letters, and how many. */
  readonly missingLetters: ReadonlyMap<number, number>;
  readonly leftOut: readonly LeftOut[];
  readonly nPagesLeftOut: number;
}

/** The notes on a PDF. */
export function notesOf(found: Findings): DocumentNote[] {
  const notes: DocumentNote[] = [];
  const add = (
    kind: DocumentNote["kind"],
    pages: readonly number[],
    say: (pages: string, isOne: boolean) => string,
  ) => {
    if (pages.length > 0)
      notes.push({ kind, sentence: say(namePages(pages), pages.length === 1), numbers: pages });
  };
  const nRead = found.nPages - found.damaged.length;
  add(
    "damaged",
    found.damaged,
    (pages, isOne) =>
      `${pages} ${isOne ? "is" : "are"} damaged and could not be read; the other ${counted(nRead, "page is", "pages are")} here. Get the file again for the rest.`,
  );
  const letters = [...found.missingLetters.values()].reduce((sum, count) => sum + count, 0);
  add(
    "damaged",
    [...found.missingLetters.keys()],
    (pages, isOne) =>
      `${pages} ${isOne ? "has" : "have"} ${counted(letters, "sign")} whose font does not say which letters they are; they are “�” or wrong here. Compare with the page.`,
  );
  const textless = (...kinds: Textless[]) =>
    [...found.textless].filter(([, kind]) => kinds.includes(kind)).map(([page]) => page);
  add(
    "scanned",
    textless("picture", "drawing", "unknown"),
    (pages, isOne) =>
      `${pages} ${isOne ? "has" : "have"} no text: scanned, or drawn. Have ${isOne ? "it" : "them"} recognised below to read ${isOne ? "it" : "them"}.`,
  );
  add("info", textless("blank"), (pages, isOne) => `${pages} ${isOne ? "is" : "are"} blank.`);
  add(
    "left-out",
    found.cut,
    (pages) => `${pages}: only the first part was read, as there is more text than a page can hold.`,
  );
  if (found.leftOut.length > 0)
    notes.push({
      kind: "left-out",
      sentence: `Headers, footers and page numbers that repeat are left out on ${counted(found.nPagesLeftOut, "page")}; the document view shows them.`,
    });
  return notes;
}

export function namePages(pages: readonly number[]): string {
  const shown = pages.slice(0, 8).join(", ");
  if (pages.length === 1) return `Page ${shown}`;
  return `Pages ${shown}${pages.length > 8 ? ` and ${formatCount(pages.length - 8)} more` : ""}`;
}
