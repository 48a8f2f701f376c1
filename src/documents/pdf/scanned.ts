import { openPdf, type OpenOptions } from "./open-pdf";

/** The kinds of page without text. */
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

/** Looks at pages that have no text: a scan is a large picture. Images are not decoded for it. */
export async function classify(
  bytes: Uint8Array,
  pages: readonly number[],
  options: OpenOptions,
  goesOn: () => Promise<void>,
): Promise<Map<number, Textless>> {
  const found = new Map<number, Textless>();
  const { OPS } = await import("pdfjs-dist/legacy/build/pdf.min.mjs");
  const paints = new Set(PAINTS.map((name) => (OPS as Readonly<Record<string, number>>)[name]));
  const task = await openPdf(bytes, options, true);
  try {
    const pdf = await task.promise;
    for (const n of pages) {
      await goesOn();
      found.set(n, await lookAt(n));
    }
    async function lookAt(n: number): Promise<Textless> {
      try {
        const page = await pdf.getPage(n);
        const { fnArray } = await page.getOperatorList();
        page.cleanup();
        return fnArray.some((fn) => paints.has(fn)) ? "drawing" : "blank";
      } catch (error) {
        return error instanceof Error && /maximum allowed size/.test(error.message) ? "picture" : "unknown";
      }
    }
  } catch {
    // A file that is read with its damages is not opened without them.
  } finally {
    await task.destroy();
  }
  return found;
}
