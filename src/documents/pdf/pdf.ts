import type { PDFDocumentLoadingTask, PDFDocumentProxy } from "pdfjs-dist";
import { CancelledError, DocumentError } from "../../ground/errors";
import { tidy } from "../text/decode-text";
import { pageText } from "./page-text";
import type { DocumentNote, ReadText } from "../reading";

interface Options {
  /**
   * The address of pdf.js' character maps, for Chinese, Japanese and Korean PDFs that name a map of their
   * own.
   */
  readonly cMapUrl?: string;
  readonly onPage?: (page: number, nPages: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The text of a PDF with a line before each page that says which it is. To be called in a worker: pdf.js
 * parses in the thread it is in.
 *
 * @throws DocumentError  when it is damaged, protected, or has no text at all
 */
export async function pdfToText(bytes: Uint8Array, name: string, options: Options = {}): Promise<ReadText> {
  const task = await openPdf(bytes, options.cMapUrl);
  try {
    const pdf = await task.promise.catch((cause: unknown) => {
      throw unreadable(name, cause);
    });
    return await readPages(pdf, name, options);
  } finally {
    await task.destroy();
  }
}

async function openPdf(bytes: Uint8Array, cMapUrl?: string): Promise<PDFDocumentLoadingTask> {
  // The legacy build runs where the newest methods of JavaScript are missing. Its worker's half, put where
  // pdf.js looks for it, runs in this thread.
  const { WorkerMessageHandler } = await import("pdfjs-dist/legacy/build/pdf.worker.min.mjs");
  Object.assign(globalThis, { pdfjsWorker: { WorkerMessageHandler } });
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.min.mjs");
  return getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    disableFontFace: true,
    isEvalSupported: false,
    useWasm: false,
    ...(cMapUrl !== undefined && { cMapUrl, cMapPacked: true }),
  });
}

async function readPages(
  pdf: PDFDocumentProxy,
  name: string,
  { onPage, signal }: Options,
): Promise<ReadText> {
  const starts: number[] = [];
  const emptyPages: number[] = [];
  let text = "";
  for (let n = 1; n <= pdf.numPages; n++) {
    if (signal?.aborted) throw new CancelledError();
    const page = await pdf.getPage(n);
    const { items } = await page.getTextContent();
    const own = tidy(pageText(items.filter((item) => "str" in item)));
    page.cleanup();
    if (own === "") emptyPages.push(n);
    starts.push(text.length);
    text += `${pageMark(n)}\n${own === "" ? "(This page has no text.)" : own}\n\n`;
    onPage?.(n, pdf.numPages);
  }
  if (emptyPages.length === pdf.numPages)
    throw new DocumentError(
      `None of the ${pdf.numPages} pages of “${name}” has text; they may be scanned pictures of it.`,
      { hint: "Run it through text recognition (OCR) first, then attach the result." },
    );
  return {
    text: text.trimEnd(),
    unit: "page",
    starts,
    numbers: starts.map((_, at) => at + 1),
    notes: notesOf(emptyPages),
  };
}

function notesOf(emptyPages: readonly number[]): readonly DocumentNote[] {
  if (emptyPages.length === 0) return [];
  const sentence = `${namePages(emptyPages)} no text: scanned, or empty.`;
  return [{ kind: "scanned", sentence, numbers: emptyPages }];
}

function namePages(pages: readonly number[]): string {
  const shown = pages.slice(0, 8).join(", ");
  if (pages.length === 1) return `Page ${shown} has`;
  return `Pages ${shown}${pages.length > 8 ? ` and ${pages.length - 8} more` : ""} have`;
}

/** Before each page, so that an answer can say where it has something from. */
export const pageMark = (n: number): string => `[Page ${n}]`;

function unreadable(name: string, cause: unknown): DocumentError {
  const isProtected = cause instanceof Error && cause.name === "PasswordException";
  return isProtected
    ? new DocumentError(`“${name}” is protected by a password.`, {
        hint: "Open it in a PDF viewer, save it without a password, and attach that.",
        cause,
      })
    : new DocumentError(
        `“${name}” could not be read as a PDF: ${cause instanceof Error ? cause.message : String(cause)}`,
        { hint: "The file may be damaged. Get it again, or print it to a new PDF.", cause },
      );
}
