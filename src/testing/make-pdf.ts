/** Text at a place of a page, in points from its lower left corner. */
export interface PdfLine {
  readonly text: string;
  readonly x?: number;
  readonly y?: number;
  readonly size?: number;
  /** Quarters that the text is turned by, clockwise. */
  readonly turn?: 0 | 1 | 2 | 3;
  /** The letters' width, as a multiple of what it would be. */
  readonly stretch?: number;
}

/** A page of lines from the top down, or of lines at places; without any it is like a scanned one. */
export type PdfPage = readonly (string | PdfLine)[];

export interface PdfOptions {
  /** Degrees that a viewer turns each page by. */
  readonly rotate?: number;
  /** Dictionaries of a page's annotations and form fields, by page. */
  readonly annotations?: readonly (readonly string[])[];
  /** Its font writes from the top down. */
  readonly isVertical?: boolean;
  /** Operators that draw pictures or lines on each page, before its text. */
  readonly drawing?: string;
}

/** The width of a letter, in thousandths of its size. */
const letterWidth = 500;

/** A small PDF 1.4 of an unembedded font with a map to Unicode, so that any script can be in it. */
export function makePdf(
  pages: readonly PdfPage[],
  { rotate = 0, annotations = [], isVertical = false, drawing = "" }: PdfOptions = {},
): Uint8Array<ArrayBuffer> {
  const fields = annotations.flatMap((list, n) =>
    list.map((_, at) => `${annotationNumber(pages, annotations, n) + at} 0 R`),
  );
  const characters = [...new Set(pages.flat().flatMap((line) => [...textOf(line)]))];
  const codes = new Map(characters.map((character, at) => [character, hex(at + 1)]));
  const objects: string[] = [
    `<< /Type /Catalog /Pages 2 0 R ${fields.length > 0 ? `/AcroForm << /Fields [${fields.join(" ")}] /DR << /Font << /F 3 0 R >> >> >>` : ""} >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${7 + 2 * n} 0 R`).join(" ")}] >>`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-${isVertical ? "V" : "H"} /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>`,
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW ${letterWidth} /FontDescriptor 5 0 R ` +
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    "<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    stream(toUnicode(codes)),
  ];
  for (const [n, page] of pages.entries()) {
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate ${rotate} /Contents ${8 + 2 * n} 0 R ` +
        `/Annots [${(annotations[n] ?? []).map((_, at) => `${annotationNumber(pages, annotations, n) + at} 0 R`).join(" ")}] ` +
        "/Resources << /Font << /F 3 0 R >> >> >>",
      stream([drawing, ...page.map((line, at) => show(line, at, codes))].join("\n")),
    );
  }
  for (const list of annotations) objects.push(...list);
  return assemblePdf(objects);
}

/** Objects of annotations come after those of all pages. */
const annotationNumber = (
  pages: readonly PdfPage[],
  annotations: readonly (readonly string[])[],
  page: number,
): number => 7 + 2 * pages.length + annotations.slice(0, page).reduce((sum, list) => sum + list.length, 0);

const textOf = (line: string | PdfLine): string => (typeof line === "string" ? line : line.text);
const hex = (value: number): string => value.toString(16).padStart(4, "0");
/** An object that holds `content`. */
export const stream = (content: string): string =>
  `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;

function show(line: string | PdfLine, at: number, codes: ReadonlyMap<string, string>): string {
  const {
    text,
    x = 72,
    y = 720 - 14 * at,
    size = 10,
    turn = 0,
    stretch = 1,
  } = typeof line === "string" ? { text: line } : line;
  const shown = [...text].map((character) => codes.get(character)!).join("");
  const [cos, sin] = (
    [
      [1, 0],
      [0, -1],
      [-1, 0],
      [0, 1],
    ] as const
  )[turn];
  const matrix = [stretch * cos, stretch * sin, -sin, cos, x, y].join(" ");
  return `BT /F ${size} Tf ${matrix} Tm <${shown}> Tj ET`;
}

function toUnicode(codes: ReadonlyMap<string, string>): string {
  const entries = [...codes].map(([character, code]) => {
    const units = Array.from({ length: character.length }, (_, at) => hex(character.charCodeAt(at)));
    return `<${code}> <${units.join("")}>`;
  });
  const blocks = Array.from({ length: Math.ceil(entries.length / 100) }, (_, n) => {
    const some = entries.slice(100 * n, 100 * n + 100);
    return `${some.length} beginbfchar\n${some.join("\n")}\nendbfchar`;
  });
  return (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def\n" +
    "1 begincodespacerange <0000> <ffff> endcodespacerange\n" +
    `${blocks.join("\n")}\nendcmap end end`
  );
}

/** A PDF of one page that is a picture of text, a JPEG of so many pixels, as wide as the page. */
export function makeScannedPdf(jpeg: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = Array.from(jpeg, (byte) => String.fromCharCode(byte)).join("");
  const shownHeight = (595 * height) / width;
  return assemblePdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /I 4 0 R >> >> >>",
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB ` +
      `/BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n${bytes}\nendstream`,
    stream(`q 595 0 0 ${shownHeight} 0 ${800 - shownHeight} cm /I Do Q`),
  ]);
}

/**
 * A file of these objects, of which the first is the catalog and has number 1; `trailer` is put into
 * its trailer.
 */
export function assemblePdf(objects: readonly string[], trailer = ""): Uint8Array<ArrayBuffer> {
  let file = "%PDF-1.4\n";
  const offsets: number[] = [];
  for (const [at, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  file +=
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
    `trailer << /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Uint8Array.from(file, (character) => character.charCodeAt(0));
}
