import { CancelledError, DocumentError } from "../ground/errors";
import { counted, formatBytes, formatFixed, formatRoundBytes } from "../ground/figures";
import type { DocumentText } from "../storage/documents";
import { isOldWorkbook, isOle, isZip, readOle, readZip } from "./containers";
import { cutAtLines } from "./text/cuts";
import { decodeText, tidy } from "./text/decode-text";
import { countLines, documentId } from "./text/text-document";
import type { DocumentNote, ReadText } from "./reading";
import { isMailbox } from "./mail/mailbox";
import { pictureKind } from "./recognition/picture-kind";
import type { RecognitionFiles } from "./recognition/recognizer";
import type { Recognition } from "./recognition/recognize-all";
import { readHead } from "./text-kinds";
import type { DocumentInfo, DocumentSource, ReadChoices, ReadProgress } from "./protocol";
import { inARow, t } from "../language/language";

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
  const { text, unit, starts, numbers, notes, encoding, webPart } = read;
  if (text.trim() === "") throw noText(name, sizeBytes, notes);
  if (text.length > MOST_CHARACTERS) {
    const characters = (count: number) =>
      t("{count} million characters", { count: formatFixed(count / 1e6, 0) });
    throw tooLong(name, characters(text.length), characters(MOST_CHARACTERS));
  }
  const id = await documentId({ unit, text });
  const shared = { id, unit, starts, numbers, notes, ...kept({ encoding, webPart }) };
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
      ...(read.nFiles && { nFiles: read.nFiles }),
    },
  };
}

/** Says what the file has instead of text, where its reader knows. */
function noText(name: string, sizeBytes: number, notes: readonly DocumentNote[]): DocumentError {
  const leftOut = notes.filter(({ kind }) => kind === "left-out").map(({ sentence }) => sentence);
  return new DocumentError(
    inARow(t("“{name}” has no text ({bytes}).", { name, bytes: counted(sizeBytes, "byte") }), ...leftOut),
    {
      hint:
        leftOut.length === 0
          ? t("Attach another file.")
          : t("If its text is on pictures, save it as a PDF and attach that: then it can be recognised."),
    },
  );
}

async function readBytes(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  options: ReadOptions,
): Promise<ReadText> {
  const { start, kind } = readHead(bytes, name);
  // Each reader is loaded when there is something for it to read.
  if (start.slice(0, 1024).includes("%PDF-")) {
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
  if (isZip(bytes)) return readZip(bytes, name, (steps) => inTurns(steps, options));
  if (isOle(bytes)) return readOle(bytes, name);
  if (isOldWorkbook(bytes)) {
    const { workbookToText } = await import("./spreadsheet/spreadsheet");
    return workbookToText(bytes, name, false);
  }
  if (kind === "rich-text") {
    const { rtfToText } = await import("./rich-text/rtf");
    return rtfToText(bytes, name);
  }
  if (kind === "mail" && isMailbox(bytes))
    throw new DocumentError(t("“{name}” is a mailbox.", { name }), {
      code: "document-archive",
      hint: t("Export the mails that you need by themselves, and attach those."),
    });
  if (kind === "mail") {
    const [{ parseMail }, { mailToText }] = await Promise.all([import("./mail/eml"), import("./mail/mail")]);
    return mailToText(await parseMail(bytes, name));
  }
  if (kind === "saved-page") {
    const { savedPageToText } = await import("./mail/eml");
    return savedPageToText(bytes, name);
  }
  const { text, ...how } = await decodeText(bytes, name, options.encoding);
  switch (kind) {
    case "html": {
      const { readHtml } = await import("./html/html");
      const page = await readHtml(text, name, options.webPart);
      return { ...page, encoding: how.encoding, notes: [...how.notes, ...page.notes] };
    }
    case "notebook": {
      const { notebookToText } = await import("./notebook/notebook");
      return { ...how, ...notebookToText(text, name) };
    }
    case "subtitles": {
      const { subtitlesToText } = await import("./subtitles/subtitles");
      return { ...subtitlesToText(text), ...how };
    }
    case "open-document": {
      const { flatDocumentToText } = await import("./open-document/open-document");
      return { ...how, ...flatDocumentToText(text, name) };
    }
    case undefined:
      return { ...inLines(text), ...how };
    default:
      return kind satisfies never;
  }
}

/** Takes the steps of a reader, tells how far it is, and lets a stop be heard between them. */
async function inTurns(steps: Generator<number, ReadText>, options: ReadOptions): Promise<ReadText> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    options.onProgress?.({ pages: 0, totalPages: 0, share: step.value });
    await new Promise((resolve) => setTimeout(resolve));
    if (options.signal?.aborted) throw new CancelledError();
  }
}

function recognitionOf(options: ReadOptions): Recognition | undefined {
  const { recognize: language, recognitionFiles: files, onProgress, signal } = options;
  if (language === undefined || !files) return undefined;
  const onPage = (pages: number, totalPages: number) =>
    onProgress?.({ pages, totalPages, isRecognition: true });
  return { language, files, onPage, ...(signal && { signal }) };
}

/** The fields that are there. */
const kept = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };

const inLines = (text: string): ReadText => ({ text, ...cutAtLines(text), notes: [] });

function tooLong(name: string, has: string, limit: string): DocumentError {
  return new DocumentError(t("“{name}” has {has}; {limit} can be read at most.", { name, has, limit }), {
    hint: t("Attach the part of it that you need."),
  });
}
