import type { Losses } from "../losses";

/** The texts that a sheet has at the top and the bottom of its printed pages. */
export interface PageTexts {
  readonly headers: readonly string[];
  readonly footers: readonly string[];
}

/** Excel takes 255 characters. */
const LONGEST_TEXT = 2000;

const element = /<(?:\w+:)?(?:odd|even|first)(Header|Footer)\b[^<>]*>([^<]*)</g;
/**
 * Codes for a font, a colour, a size, and what a program puts in: number of the page, date, names, picture.
 */
const code = /&(?:&|"[^"]*"|K[\dA-F]{6}|K\d\d[+-]\d{3}|\d+|[A-Z])/gi;

/**
 * Reads the headers and footers of a sheet of .xlsx, which SheetJS leaves out; pictures in them are counted.
 */
export function pageTextsOf(sheet: string, losses: Losses): PageTexts {
  const texts = { Header: new Set<string>(), Footer: new Set<string>() };
  for (const [, where, xml] of sheet.matchAll(element)) {
    const text = withoutCodes(unescaped((xml ?? "").slice(0, LONGEST_TEXT)), losses);
    // One without a letter has nothing but numbers of pages and dates.
    if (/\p{L}/u.test(text)) texts[where as "Header" | "Footer"].add(text);
  }
  return { headers: [...texts.Header], footers: [...texts.Footer] };
}

/** "&LACME&CPage &P of &N" is "ACME | Page of": its three places stand apart. */
function withoutCodes(text: string, losses: Losses): string {
  const plain = text.replace(code, (one) => {
    if (one === "&&") return "&";
    if (/^&[LCR]$/i.test(one)) return "\n";
    if (/^&G$/i.test(one)) losses.add("picture");
    return " ";
  });
  const places = plain.split("\n").map((place) => place.replace(/\s+/g, " ").trim());
  return places.filter((place) => place !== "" && !pageNumber.test(place)).join(" | ");
}

/** The words of "Page 1 of 7" when its codes are out. */
const pageNumber =
  /^(?:page|seite|página|pagina|strona|side|sida|стр\.?)?[\s\d/–-]*(?:of|von|de|di|sur|z|af|av|из)?[\s\d]*$/i;

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const unescaped = (xml: string) =>
  xml.replace(/&(?:(\w+)|#(\d+)|#x([\da-f]+));/gi, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name]! : whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
