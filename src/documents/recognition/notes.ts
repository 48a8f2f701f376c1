import { namePages } from "../pdf/notes";
import type { DocumentNote } from "../reading";
import { recognitionLanguages, type RecognitionLanguage } from "./languages";
import type { RecognizedPage } from "./recognized-page";
import { t, tn } from "../../language/language";

/** A page below it has a wrong letter in most lines. */
const LOW_CONFIDENCE = 75;

/** The notes on text that was recognised, by page. */
export function recognitionNotes(
  pages: ReadonlyMap<number, RecognizedPage>,
  language: RecognitionLanguage,
  of: "page" | "picture" = "page",
): DocumentNote[] {
  const notes: DocumentNote[] = [];
  const read = [...pages].filter(([, { lines }]) => lines.length > 0);
  const numbers = read.map(([page]) => page);
  const sum = read.reduce((total, [, { confidence }]) => total + confidence, 0);
  const names = (list: readonly number[]) => (of === "picture" ? t("The picture") : namePages(list));
  const whose = of === "picture" ? t("the picture") : namePages(numbers).replace(/^P/, "p");
  if (read.length > 0)
    notes.push({
      kind: "guessed",
      sentence: t(
        "The text of {whose} was recognised ({language}), {share} % sure. Compare numbers and names with the original.",
        { whose, language: t(recognitionLanguages[language].name), share: Math.round(sum / read.length) },
      ),
      numbers,
    });
  const low = read.filter(([, { confidence }]) => confidence < LOW_CONFIDENCE);
  if (low.length > 0) {
    const lowest = Math.round(Math.min(...low.map(([, { confidence }]) => confidence)));
    const list = low.map(([page]) => page);
    notes.push({
      kind: "damaged",
      sentence: tn(
        list.length,
        "{pages} was hard to read, {lowest} % sure: expect wrong words. Another language or a sharper scan may help.",
        "{pages} were hard to read, down to {lowest} % sure: expect wrong words. Another language or a sharper scan may help.",
        { pages: names(list), lowest },
      ),
      numbers: list,
    });
  }
  const nDropped = [...pages.values()].reduce((total, { nLinesDropped }) => total + nLinesDropped, 0);
  if (nDropped > 0)
    notes.push({
      kind: "left-out",
      sentence: tn(
        nDropped,
        "{count} line could not be recognised, and is left out: specks, drawings or unclear writing.",
        "{count} lines could not be recognised, and are left out: specks, drawings or unclear writing.",
      ),
    });
  const empty = [...pages].filter(([, { lines }]) => lines.length === 0).map(([page]) => page);
  if (empty.length > 0)
    notes.push({
      kind: "scanned",
      sentence: tn(
        empty.length,
        "{pages} has no text that could be recognised.",
        "{pages} have no text that could be recognised.",
        { pages: names(empty) },
      ),
      numbers: empty,
    });
  return notes;
}
