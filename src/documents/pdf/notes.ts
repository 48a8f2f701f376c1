import { counted, formatCount } from "../../ground/figures";
import type { DocumentNote, LeftOut } from "../reading";
import type { Textless } from "./scanned";
import { mark, t, tn, type Key, type Values } from "../../language/language";

export interface Findings {
  readonly nPages: number;
  readonly damaged: readonly number[];
  /** Pages that were given up, as reading them did not end. */
  readonly endless: readonly number[];
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
    one: string,
    other: Key,
    values: Values = {},
  ) => {
    if (pages.length > 0)
      notes.push({
        kind,
        sentence: tn(pages.length, one, other, { pages: namePages(pages), ...values }),
        numbers: pages,
      });
  };
  const nRead = found.nPages - found.damaged.length - found.endless.length;
  add(
    "damaged",
    found.damaged,
    "{pages} is damaged and could not be read; the other {read} here. Get the file again for the rest.",
    mark(
      "{pages} are damaged and could not be read; the other {read} here. Get the file again for the rest.",
    ),
    { read: counted(nRead, "page is", "pages are") },
  );
  add(
    "damaged",
    found.endless,
    "{pages} was left out, as reading it did not end; the other {read} here. Print the file to a new PDF to read it too.",
    mark(
      "{pages} were left out, as reading them did not end; the other {read} here. Print the file to a new PDF to read them too.",
    ),
    { read: counted(nRead, "page is", "pages are") },
  );
  const letters = [...found.missingLetters.values()].reduce((sum, count) => sum + count, 0);
  add(
    "damaged",
    [...found.missingLetters.keys()],
    "{pages} has {signs} whose font does not say which letters they are; they are “�” or wrong here. Compare with the page.",
    mark(
      "{pages} have {signs} whose font does not say which letters they are; they are “�” or wrong here. Compare with the page.",
    ),
    { signs: counted(letters, "sign") },
  );
  const textless = (...kinds: Textless[]) =>
    [...found.textless].filter(([, kind]) => kinds.includes(kind)).map(([page]) => page);
  add(
    "scanned",
    textless("picture", "drawing", "unknown"),
    "{pages} has no text: scanned, or drawn. Have it recognised below to read it.",
    mark("{pages} have no text: scanned, or drawn. Have them recognised below to read them."),
  );
  add("info", textless("blank"), "{pages} is blank.", mark("{pages} are blank."));
  add(
    "left-out",
    found.cut,
    "{pages}: only the first part was read, as there is more text than a page can hold.",
    mark("{pages}: only the first part was read, as there is more text than a page can hold."),
  );
  if (found.leftOut.length > 0)
    notes.push({
      kind: "left-out",
      sentence: t(
        "Headers, footers and page numbers that repeat are left out on {pages}; the document view shows them.",
        { pages: counted(found.nPagesLeftOut, "page") },
      ),
    });
  return notes;
}

export function namePages(pages: readonly number[]): string {
  const shown = pages.slice(0, 8).join(", ");
  if (pages.length === 1) return t("Page {shown}", { shown });
  return pages.length > 8
    ? t("Pages {shown} and {nMore} more", { shown, nMore: formatCount(pages.length - 8) })
    : t("Pages {shown}", { shown });
}
