import type { PDFDocumentProxy } from "pdfjs-dist";

/** The kinds of pages without text. */
export type Textless = "picture" | "drawing" | "blank" | "unknown";

/** The operators of pdf.js that paint. */
const PAINTS = [
  "fill",
  "eoFill",
  "stroke",
  "fillStroke",
  "eoFillStroke",
  "closeFillStroke",
  "constructPath",
  "shadingFill",
];
/** Square points that a picture takes at least: an inch and a half by as much. */
const LEAST_AREA = 10_000;

/**
 * Looks at a page that has no text. Pictures are not decoded, as they are larger than `maxImageSize`; pdf.js
 * leaves them out, but not the matrix that makes their unit square as large as they are on the page.
 */
export async function classify(pdf: PDFDocumentProxy, n: number): Promise<Textless> {
  const { OPS } = await import("pdfjs-dist/legacy/build/pdf.min.mjs");
  const paints = new Set(PAINTS.map((name) => (OPS as Readonly<Record<string, number>>)[name]));
  try {
    const page = await pdf.getPage(n);
    const { fnArray, argsArray } = await page.getOperatorList();
    page.cleanup();
    const isPicture = fnArray.some((fn, at) => fn === OPS.transform && areaOf(argsArray[at]) > LEAST_AREA);
    if (isPicture) return "picture";
    return fnArray.some((fn) => paints.has(fn)) ? "drawing" : "blank";
  } catch {
    return "unknown";
  }
}

function areaOf(matrix: unknown): number {
  const [a = 0, b = 0, c = 0, d = 0] = Array.from(matrix as ArrayLike<number>);
  return Math.abs(a * d - b * c);
}
