import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import type { TextItem } from "pdfjs-dist/types/src/display/api";
import { CancelledError, DocumentError } from "../../ground/errors";
import { counted } from "../../ground/figures";
import type { Recognition } from "../recognition/recognize-all";
import { recognitionNotes } from "../recognition/notes";
import type { RecognizedPage } from "../recognition/recognized-page";
import type { ReadText } from "../reading";
import { assemble, type ReadPage } from "./assemble";
import { picturedTexts } from "./appearances";
import { markBold, type BoldFonts } from "./bold";
import { extraTextOf, freeTextOf, type Annotation } from "./forms";
import { withLinks } from "./links";
import { findLetters, type FontLetters } from "./missing-letters";
import { notesOf } from "./notes";
import { openPdf, unreadable, type OpenOptions } from "./open-pdf";
import { layOut, type PageLine } from "./layout/page-layout";
import { withoutMissingPages } from "./repair";
import { classify, type Textless } from "./scanned";
import { xfaLines } from "./xfa";
import { t } from "../../language/language";

interface Options extends OpenOptions {
  /** `pieces`: how many pieces of text of that page are read. */
  readonly onPage?: (page: number, nPages: number, pieces?: number) => void;
  readonly signal?: AbortSignal;
  /** Pages that did not end when they were read before: they are left out, and named. */
  readonly skipPages?: readonly number[];
  /** Asks for the text of pages that are pictures. */
  readonly recognition?: Recognition;
}

/** More is a file made to break readers: the fullest page of a newspaper has 30,000 words. */
const MOST_PIECES = 120_000;
/** Larger files are taken as they are. */
const MOST_MENDED_BYTES = 64e6;
const MOST_PAGES = 20_000;
const MOST_CHARACTERS = 40e6;
/** With fewer letters a page is a picture, with a stamp or a number of the scanner's. */
const FEWEST_LETTERS = 40;
/** The longest that this thread works before it looks whether it is to stop. */
const TURN_MS = 40;
/** A page that moves says so this often: one that is silent is given up. */
const BEAT_MS = 1000;

/**
 * The text of a PDF with a line before each page that says which it is. To be called in a worker:
 * pdf.js parses in the
 * thread it is in.
 *
 * @throws DocumentError  when it is damaged, protected ("document-password"), or has no text at all
 */
export async function pdfToText(bytes: Uint8Array, name: string, options: Options = {}): Promise<ReadText> {
  const mended = bytes.length <= MOST_MENDED_BYTES ? withoutMissingPages(bytes) : null;
  const file = mended ?? bytes;
  const copy = options.recognition ? file.slice() : null; // pdf.js takes the file over
  const task = await openPdf(file, options);
  try {
    const pdf = await task.promise.catch((cause: unknown) => {
      throw unreadable(name, cause, options.password !== undefined);
    });
    const recognize = async (pages: readonly number[]) => {
      if (!copy || !options.recognition || pages.length === 0) return new Map<number, RecognizedPage>();
      const { recognizePages } = await import("./recognize-pages");
      return recognizePages(copy, pages, options, options.recognition);
    };
    return await readPages(pdf, name, options, mended !== null, recognize);
  } finally {
    await task.destroy();
  }
}

async function readPages(
  pdf: PDFDocumentProxy,
  name: string,
  options: Options,
  isMended: boolean,
  recognize: (pages: readonly number[]) => Promise<ReadonlyMap<number, RecognizedPage>>,
): Promise<ReadText> {
  const { onPage } = options;
  const nPages = Math.min(pdf.numPages, MOST_PAGES);
  const goesOn = turns(options.signal, () => onPage?.(pages.length, nPages));
  const pages: ReadPage[] = [];
  const fonts: FontLetters = new Map();
  const boldFonts: BoldFonts = new Map();
  const damaged: number[] = [];
  const endless = options.skipPages ?? [];
  const cut: number[] = [];
  const bare: number[] = [];
  const missingLetters = new Map<number, number>();
  let nCharacters = 0;
  onPage?.(0, nPages);
  for (let n = 1; n <= nPages; n++) {
    await goesOn();
    const read = await readPage(n);
    pages.push(read);
    for (const { text } of read.lines) nCharacters += text.length;
    if (nCharacters > MOST_CHARACTERS) break; // too long: readDocument says so
    if (!damaged.includes(n) && !endless.includes(n) && isBare(read)) bare.push(n);
    onPage?.(n, nPages);
  }

  async function readPage(n: number): Promise<ReadPage> {
    if (endless.includes(n))
      return { lines: [], extra: [], missing: "(Reading this page did not end; it was left out.)" };
    let page: PDFPageProxy | null = null;
    try {
      page = await pdf.getPage(n);
      // A page that was put in for a missing one has no object of its own.
      if (isMended && page.ref === null) throw new Error("missing");
      const xfa = pdf.isPureXfa ? await page.getXfa() : null;
      if (xfa) return { lines: xfaLines(xfa), extra: [], missing: "(This page has no text.)" };
      const content = await itemsOf(page, goesOn, (pieces) => onPage?.(n - 1, nPages, pieces));
      if (content.isCut) cut.push(n);
      await goesOn();
      const { items, nMissing } = await findLetters(page, content.items, fonts);
      if (nMissing > 0 && isMany(nMissing, items)) missingLetters.set(n, nMissing);
      const annotations = await page.getAnnotations().then(
        (all) => all as readonly Annotation[],
        () => [],
      );
      await goesOn();
      const view = page.getViewport({ scale: 1 });
      const linked = withLinks(await markBold(page, items, boldFonts), annotations);
      await goesOn();
      const lines = layOut([...linked, ...freeTextOf(annotations)], view);
      await goesOn();
      const pictured = await picturedTexts(page, annotations).catch(() => undefined);
      return { lines, extra: extraTextOf(annotations, pictured), missing: "(This page has no text.)" };
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      damaged.push(n);
      return { lines: [], extra: [], missing: "(This page is damaged and could not be read.)" };
    } finally {
      page?.cleanup();
    }
  }

  if (pages.every((_, at) => damaged.includes(at + 1) || endless.includes(at + 1)))
    throw new DocumentError(
      t("“{name}” is damaged: none of its {pages} could be read.", {
        name,
        pages: counted(pages.length, "page"),
      }),
      {
        hint: t("Get the file again, or print it to a new PDF."),
      },
    );
  const textless = new Map<number, Textless>();
  for (const n of bare) {
    await goesOn();
    textless.set(n, pdf.isPureXfa ? "blank" : await classify(pdf, n));
  }
  // A page with a few words and no large picture is a short page.
  for (const n of bare) if (hasText(pages[n - 1]!) && textless.get(n) !== "picture") textless.delete(n);
  const recognized = await recognize([...textless].filter(([, kind]) => kind !== "blank").map(([n]) => n));
  for (const [n, { lines }] of recognized) {
    pages[n - 1] = withRecognized(pages[n - 1]!, lines);
    textless.delete(n);
  }
  if (pages.every((page) => !hasText(page)))
    throw recognized.size > 0
      ? nothingRecognized(name)
      : new DocumentError(
          pages.length === 1
            ? t("The page of “{name}” has no text; it may be a scanned picture of it.", { name })
            : t("None of the {pages} of “{name}” has text; they may be scanned pictures of it.", {
                pages: counted(pages.length, "page"),
                name,
              }),
          {
            hint: t("Have it recognised here: the text is then a good guess, not what the file says."),
            code: "document-scanned",
          },
        );
  const { text, starts, marks, leftOut } = assemble(pages);
  const nPagesLeftOut = new Set(leftOut.map(({ at }) => starts.findLastIndex((start) => start <= at))).size;
  return {
    text,
    unit: "page",
    starts,
    numbers: starts.map((_, at) => at + 1),
    notes: [
      ...(options.recognition ? recognitionNotes(recognized, options.recognition.language) : []),
      ...notesOf({
        nPages: pages.length,
        damaged,
        endless,
        cut,
        textless,
        missingLetters,
        leftOut,
        nPagesLeftOut,
      }),
    ],
    ...(marks.length > 0 && { marks }),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

/** A stamp, which the file has as text, stands before what was recognised, where it is in the picture too. */
function withRecognized(page: ReadPage, recognized: readonly PageLine[]): ReadPage {
  const stamps = new Set(page.lines.map(({ text }) => text));
  return { ...page, lines: [...page.lines, ...recognized.filter(({ text }) => !stamps.has(text))] };
}

const nothingRecognized = (name: string): DocumentError =>
  new DocumentError(t("No text was found in the pictures that “{name}” is made of.", { name }), {
    hint: t("Choose another language, or attach a sharper scan."),
    code: "document-scanned",
  });

const hasText = ({ lines, extra }: ReadPage): boolean => lines.length > 0 || extra.length > 0;

function isBare({ lines, extra }: ReadPage): boolean {
  if (extra.length > 0) return false;
  let nLetters = 0;
  for (const { text } of lines) {
    nLetters += text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    if (nLetters >= FEWEST_LETTERS) return false;
  }
  return true;
}

/** A few signs of their own are bullets and arrows. */
function isMany(nMissing: number, items: readonly { readonly str: string }[]): boolean {
  let length = 0;
  for (const { str } of items) length += str.length;
  return nMissing >= 5 || nMissing > 0.02 * length;
}

type Item = TextItem & { readonly isVertical: boolean };

async function itemsOf(
  page: PDFPageProxy,
  goesOn: () => Promise<void>,
  onPieces: (pieces: number) => void,
): Promise<{ readonly items: Item[]; readonly isCut: boolean }> {
  const items: Item[] = [];
  const vertical = new Map<string, boolean>();
  const reader = page.streamTextContent().getReader() as ReadableStreamDefaultReader<
    Awaited<ReturnType<PDFPageProxy["getTextContent"]>>
  >;
  let said = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return { items, isCut: false };
      for (const [name, style] of Object.entries(value.styles)) vertical.set(name, style.vertical);
      for (const item of value.items)
        if ("str" in item) items.push({ ...item, isVertical: vertical.get(item.fontName) ?? false });
      if (items.length > MOST_PIECES) return { items, isCut: true };
      if (items.length > said + 5000) onPieces((said = items.length));
      await goesOn();
    }
  } finally {
    await reader.cancel(new Error("read")).catch(() => undefined);
  }
}

/** Lets messages in now and then, so that a stop is heard in the middle of a page. */
function turns(signal: AbortSignal | undefined, onBeat: () => void): () => Promise<void> {
  let began = performance.now();
  let beat = began;
  return async () => {
    if (signal?.aborted) throw new CancelledError();
    if (performance.now() - began < TURN_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
    if (began - beat > BEAT_MS) {
      beat = began;
      onBeat();
    }
    if (signal?.aborted) throw new CancelledError();
  };
}
