import type { PDFPageProxy } from "pdfjs-dist";

/** Fonts by the names that pdf.js gives them in a document: bold or not. Filled as they are met. */
export type BoldFonts = Map<string, boolean>;

/** pdf.js tells a font with what draws its page. A document has few: pages after the first have none new. */
const MOST_FONTS = 200;
/** Pages of more pieces are tables and maps: what draws them is not made for the sake of headings. */
const MOST_PIECES = 10_000;

interface FontData {
  readonly name?: string;
  readonly bold?: boolean;
  readonly black?: boolean;
}

/** Marks the text that is set in bold. */
export async function markBold<Item extends { readonly fontName: string }>(
  page: PDFPageProxy,
  items: readonly Item[],
  fonts: BoldFonts,
): Promise<readonly (Item & { readonly isBold?: boolean })[]> {
  const unknown = new Set(items.map(({ fontName }) => fontName).filter((name) => !fonts.has(name)));
  if (unknown.size > 0 && fonts.size < MOST_FONTS && items.length < MOST_PIECES) {
    await page.getOperatorList().catch(() => undefined);
    for (const name of unknown)
      fonts.set(name, page.commonObjs.has(name) && isBold(page.commonObjs.get(name) as FontData));
  }
  return items.map((item) => (fonts.get(item.fontName) ? { ...item, isBold: true } : item));
}

/** Names tell more than flags: "CMBX10" and "NimbusRomNo9L-Medi" are bold and say so nowhere else. */
const isBold = ({ name = "", bold, black }: FontData): boolean =>
  bold === true ||
  black === true ||
  /bold|black|heavy|demi|(?:^|\+)(?:CM|SF|LM|EC)\w*B[XF]|-Medi(?!um)/i.test(name);
