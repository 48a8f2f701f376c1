import type { PDFPageProxy } from "pdfjs-dist";
import { recognizeAll, type Picture, type Recognition } from "../recognition/recognize-all";
import type { RecognizedPage } from "../recognition/recognized-page";
import { openPdf, type OpenOptions } from "./open-pdf";

/** Pixels per point: 300 dots per inch, as Tesseract was trained. */
const SCALE = 300 / 72;
/** Larger pages are drawn more coarsely: 4,000 × 4,000 pixels take 64 MB. */
const MOST_PIXELS = 4000;

/** Draws pages of a PDF, and recognises the text in their pictures. By page. */
export async function recognizePages(
  bytes: Uint8Array,
  pages: readonly number[],
  options: OpenOptions,
  recognition: Recognition,
): Promise<ReadonlyMap<number, RecognizedPage>> {
  const task = await openPdf(bytes, options, true);
  try {
    const pdf = await task.promise;
    const draw = async (at: number) => drawPage(await pdf.getPage(pages[at]!));
    const recognized = await recognizeAll(pages.length, draw, recognition);
    return new Map(pages.map((page, at) => [page, recognized[at]!]));
  } finally {
    await task.destroy();
  }
}

async function drawPage(page: PDFPageProxy): Promise<Picture> {
  const whole = page.getViewport({ scale: 1 });
  const scale = Math.min(SCALE, MOST_PIXELS / Math.max(whole.width, whole.height));
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.round(viewport.width));
  const height = Math.max(1, Math.round(viewport.height));
  const canvas = new OffscreenCanvas(width, height);
  // pdf.js asks for a canvas of the page; one of a worker has what it uses.
  const context = canvas.getContext("2d")! as unknown as CanvasRenderingContext2D;
  await page.render({ canvas: null, canvasContext: context, viewport }).promise;
  page.cleanup();
  return { blob: await canvas.convertToBlob(), width, height, scale };
}
