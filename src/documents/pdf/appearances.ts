import type { PDFPageProxy } from "pdfjs-dist";
import type { Annotation } from "./forms";

/** Numbers between letters this far apart are spaces, in thousandths of their size. */
const SPACE = -200;
const LONGEST = 2000;

/** The annotations whose text stands in the picture of them alone: buttons, signatures and stamps. */
export const isPictured = ({ subtype, pushButton, fieldType }: Annotation): boolean =>
  subtype === "Stamp" || (subtype === "Widget" && (pushButton === true || fieldType === "Sig"));

/** The text that annotations show, by their ids: pdf.js tells it with what draws the page. */
export async function picturedTexts(
  page: PDFPageProxy,
  annotations: readonly Annotation[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const wanted = new Set(annotations.filter(isPictured).map(({ id }) => id));
  if (wanted.size === 0) return texts;
  const { OPS } = await import("pdfjs-dist/legacy/build/pdf.min.mjs");
  const breaks = new Set<number>([OPS.beginText, OPS.moveText, OPS.nextLine, OPS.setTextMatrix]);
  const { fnArray, argsArray } = await page.getOperatorList();
  let id: string | null = null;
  let text = "";
  for (const [at, operator] of fnArray.entries()) {
    if (operator === OPS.beginAnnotation) {
      id = (argsArray[at] as [string])[0];
      text = "";
    } else if (operator === OPS.endAnnotation) {
      const words = text.replace(/\s+/g, " ").trim().slice(0, LONGEST);
      if (id !== null && wanted.has(id) && words !== "") texts.set(id, words);
      id = null;
    } else if (id !== null && text.length < LONGEST) {
      if (breaks.has(operator)) text += " ";
      else if (operator === OPS.showText) text += glyphsOf((argsArray[at] as [readonly Glyph[]])[0]);
    }
  }
  return texts;
}

type Glyph = number | { readonly unicode?: string; readonly isSpace?: boolean } | null;

const glyphsOf = (glyphs: readonly Glyph[]): string =>
  glyphs
    .map((glyph) => {
      if (typeof glyph === "number") return glyph < SPACE ? " " : "";
      return glyph?.isSpace ? " " : (glyph?.unicode ?? "");
    })
    .join("");
