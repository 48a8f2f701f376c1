import type { PDFDocumentLoadingTask } from "pdfjs-dist";
import { DocumentError } from "../../ground/errors";
import { t } from "../../language/language";

export interface OpenOptions {
  /**
   * The address of pdf.js' character maps, for Chinese, Japanese and Korean PDFs that name a map of
   * their own.
   */
  readonly cMapUrl?: string;
  /** The address of pdf.js' decoders of JBIG2 and JPEG 2000; only what draws pages needs them. */
  readonly decodersUrl?: string;
  readonly password?: string;
}

/** Opens a PDF in this thread, to read its text or to draw its pages. The task takes `bytes` over. */
export async function openPdf(
  bytes: Uint8Array,
  { cMapUrl, decodersUrl, password }: OpenOptions,
  isDrawn = false,
): Promise<PDFDocumentLoadingTask> {
  // The legacy build runs where the newest methods of JavaScript are missing. Its worker's half, put
  // where pdf.js looks
  // for it, runs in this thread.
  const { WorkerMessageHandler } = await import("pdfjs-dist/legacy/build/pdf.worker.min.mjs");
  Object.assign(globalThis, { pdfjsWorker: { WorkerMessageHandler } });
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.min.mjs");
  return getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    disableFontFace: true,
    fontExtraProperties: true,
    isEvalSupported: false,
    enableXfa: true,
    ...(isDrawn
      ? {
          CanvasFactory: WorkerCanvasFactory,
          FilterFactory: NoFilters,
          useWorkerFetch: true,
          useWasm: true,
          ...(decodersUrl !== undefined && { wasmUrl: decodersUrl }),
        }
      : { useWasm: false, maxImageSize: 1 }), // no picture is decoded where only text is read
    ...(password !== undefined && { password }),
    ...(cMapUrl !== undefined && { cMapUrl, cMapPacked: true }),
  });
}

interface CanvasEntry {
  canvas: OffscreenCanvas | null;
  context: OffscreenCanvasRenderingContext2D | null;
}

/** Canvases for pdf.js, which by itself makes them of the page's document: a worker has none. */
class WorkerCanvasFactory {
  create(width: number, height: number): CanvasEntry {
    const canvas = new OffscreenCanvas(width, height);
    return { canvas, context: canvas.getContext("2d", { willReadFrequently: true }) };
  }

  reset({ canvas }: CanvasEntry, width: number, height: number): void {
    Object.assign(canvas!, { width, height });
  }

  destroy(entry: CanvasEntry): void {
    if (entry.canvas) Object.assign(entry.canvas, { width: 0, height: 0 });
    entry.canvas = entry.context = null;
  }
}

/** Masks of light and colour are SVG filters of the page's document: here pages are drawn without. */
class NoFilters {
  readonly addFilter = () => "none";
  readonly addHCMFilter = () => "none";
  readonly addAlphaFilter = () => "none";
  readonly addLuminosityFilter = () => "none";
  readonly addHighlightHCMFilter = () => "none";
  destroy(): void {
    // It keeps nothing.
  }
}

/** The error of a file that pdf.js can not open. */
export function unreadable(name: string, cause: unknown, wasGiven: boolean): DocumentError {
  if (cause instanceof Error && cause.name === "PasswordException")
    return wasGiven
      ? new DocumentError(t("The password does not open “{name}”.", { name }), {
          hint: t("Type it again; capitals count."),
          code: "document-password",
          cause,
        })
      : new DocumentError(t("“{name}” is protected by a password.", { name }), {
          hint: t("Type its password. It is used to read the file here, and not kept."),
          code: "document-password",
          cause,
        });
  return new DocumentError(
    t("“{name}” could not be read as a PDF: {reason}", {
      name,
      reason: cause instanceof Error ? cause.message : String(cause),
    }),
    { hint: t("The file may be damaged. Get it again, or print it to a new PDF."), cause },
  );
}
