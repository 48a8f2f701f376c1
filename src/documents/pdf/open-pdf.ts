import type { PDFDocumentLoadingTask } from "pdfjs-dist";
import { DocumentError } from "../../ground/errors";

export interface OpenOptions {
  /**
   * The address of pdf.js' character maps, for Chinese, Japanese and Korean PDFs that name a map of
   * their own.
   */
  readonly cMapUrl?: string;
  readonly password?: string;
}

/** Opens a PDF in this thread. The task takes `bytes` over. */
export async function openPdf(
  bytes: Uint8Array,
  { cMapUrl, password }: OpenOptions,
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
    useWasm: false,
    enableXfa: true,
    maxImageSize: 1, // no picture is decoded: only text is read
    ...(password !== undefined && { password }),
    ...(cMapUrl !== undefined && { cMapUrl, cMapPacked: true }),
  });
}

/** The error of a file that pdf.js can not open. */
export function unreadable(name: string, cause: unknown, wasGiven: boolean): DocumentError {
  if (cause instanceof Error && cause.name === "PasswordException")
    return wasGiven
      ? new DocumentError(`The password does not open “${name}”.`, {
          hint: "Type it again; capitals count.",
          code: "document-password",
          cause,
        })
      : new DocumentError(`“${name}” is protected by a password.`, {
          hint: "Type its password. It is used to read the file here, and not kept.",
          code: "document-password",
          cause,
        });
  return new DocumentError(
    `“${name}” could not be read as a PDF: ${cause instanceof Error ? cause.message : String(cause)}`,
    { hint: "The file may be damaged. Get it again, or print it to a new PDF.", cause },
  );
}
