import { DocumentError } from "../ground/errors";
import { counted, formatBytes, formatRoundBytes } from "../ground/figures";
import type { DocumentText } from "../storage/documents";
import { cutAtLines } from "./text/cuts";
import { decodeText, tidy } from "./text/decode-text";
import type { ReadText } from "./reading";
import { pictureKind } from "./recognition/picture-kind";
import type { RecognitionFiles } from "./recognition/recognizer";
import type { Recognition } from "./recognition/recognize-all";
import type { DocumentInfo, DocumentSource, ReadChoices, ReadProgress } from "./protocol";

/** Several times what the longest context (a million tokens) holds. */
const MOST_CHARACTERS = 32e6;
const MOST_FILE_BYTES = 256e6;

export interface ReadOptions extends ReadChoices {
  readonly cMapUrl?: string;
  /** The address of pdf.js' decoders of pictures. */
  readonly decodersUrl?: string;
  readonly recognitionFiles?: RecognitionFiles;
  readonly onProgress?: (progress: ReadProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads a file as text, by what its bytes are first and by its name second.
 *
 * @throws DocumentError  when it is no text, empty, damaged, protected, or too long
 */
export async function readDocument(
  source: DocumentSource,
  options: ReadOptions = {},
): Promise<{ readonly document: DocumentText; readonly info: DocumentInfo }> {
  const { name } = source;
  const sizeBytes = source.kind === "file" ? source.file.size : new Blob([source.text]).size;
  if (sizeBytes > MOST_FILE_BYTES)
    throw tooLong(name, formatBytes(sizeBytes), formatRoundBytes(MOST_FILE_BYTES));
  const read =
    source.kind === "pasted"
      ? inLines(tidy(source.text))
      : await readBytes(new Uint8Array(await source.file.arrayBuffer()), name, options);
  const { text, unit, starts, numbers, notes, encoding } = read;
  if (text.trim() === "")
    throw new DocumentError(`“${name}” has no text (${counted(sizeBytes, "byte")}).`, {
      hint: "Attach another file.",
    });
  if (text.length > MOST_CHARACTERS) {
    const characters = (count: number) => `${(count / 1e6).toFixed(0)} million characters`;
    throw tooLong(name, characters(text.length), characters(MOST_CHARACTERS));
  }
  const id = await hashOf(`${unit}\n${text}`);
  const shared = { id, unit, starts, numbers, notes, ...(encoding !== undefined && { encoding }) };
  return {
    document: {
      ...shared,
      text,
      ...(read.marks && { marks: read.marks }),
      ...(read.leftOut && { leftOut: read.leftOut }),
      addedAt: Date.now(),
    },
    info: {
      ...shared,
      name,
      sizeBytes,
      nCharacters: text.length,
      nUnits: unit === "page" ? starts.length : countLines(text),
    },
  };
}

async function readBytes(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  options: ReadOptions,
): Promise<ReadText> {
  const start = new TextDecoder("windows-1252").decode(bytes.subarray(0, 1024));
  // Each reader is loaded when there is something for it to read.
  if (start.includes("%PDF-")) {
    const { pdfToText } = await import("./pdf/pdf");
    const onPage = (pages: number, totalPages: number, pieces?: number) =>
      options.onProgress?.({ pages, totalPages, ...(pieces !== undefined && { pieces }) });
    const recognition = recognitionOf(options);
    return pdfToText(bytes, name, { ...options, onPage, ...(recognition && { recognition }) });
  }
  const picture = pictureKind(bytes);
  if (picture !== null) {
    const { pictureToText } = await import("./recognition/picture-file");
    return pictureToText(bytes, name, picture, recognitionOf(options));
  }
  if (start.startsWith("PK\x03\x04")) {
    const { docxToText } = await import("./word/docx");
    return docxToText(bytes, name);
  }
  // The first bytes of an OLE file, Ð, Ï, …, as a browser decodes them.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0)
    throw new DocumentError(`“${name}” is in an old format of Office, or protected by a password.`, {
      hint: "Open it and save it as .docx or PDF, without a password.",
    });
  if (start.startsWith("{\\rtf"))
    throw new DocumentError(`“${name}” is rich text (RTF), which is not read here.`, {
      hint: "Open it and save it as .docx or PDF.",
    });
  if (/\.x?html?$/i.test(name) || /^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype html|html)\b/i.test(start)) {
    const { htmlToText } = await import("./html/html");
    const { text, ...how } = await decodeText(bytes, name, options.encoding);
    return { ...inLines(htmlToText(text)), ...how };
  }
  const { text, ...how } = await decodeText(bytes, name, options.encoding);
  return { ...inLines(text), ...how };
}

function recognitionOf(options: ReadOptions): Recognition | undefined {
  const { recognize: language, recognitionFiles: files, onProgress, signal } = options;
  if (language === undefined || !files) return undefined;
  const onPage = (pages: number, totalPages: number) =>
    onProgress?.({ pages, totalPages, isRecognition: true });
  return { language, files, onPage, ...(signal && { signal }) };
}

const inLines = (text: string): ReadText => ({ text, ...cutAtLines(text), notes: [] });

function tooLong(name: string, has: string, limit: string): DocumentError {
  return new DocumentError(`“${name}” has ${has}; ${limit} can be read at most.`, {
    hint: "Attach the part of it that you need.",
  });
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < text.length - 1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
