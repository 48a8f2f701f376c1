import type { PDFPageProxy } from "pdfjs-dist";
import { symbolOf } from "../word/symbols";
import type { PageItem } from "./layout/pieces";

/** Signs that no text holds: control characters, and codes that mean something in one font only. */
// eslint-disable-next-line no-control-regex -- to find them is what it is for
const noLetter = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]/gu;
// eslint-disable-next-line no-control-regex -- the same
const control = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufffd]/u;

type Letters = ReadonlyMap<string, string>;

/** Signs of Symbol and Wingdings that lists and forms use, by their codes in these fonts. */
const signs: Letters = new Map([
  ["\uf0b7", "•"],
  ["\uf0a7", "▪"],
  ["\uf0a8", "□"],
  ["\uf06f", "□"],
  ["\uf071", "❑"],
  ["\uf0d8", "➢"],
  ["\uf0fc", "✓"],
  ["\uf0fe", "☑"],
  ["\uf0e0", "→"],
  ["\uf02d", "-"],
  ["\uf020", " "],
]);

/** Fonts' own letters by the code that they are shown with; filled as they are met. */
export type FontLetters = Map<string, Letters>;

/**
 * Puts letters where a font gives codes: by the names of its glyphs ("one.os" is an old style 1),
 * where it names them. What stays
 * unknown is U+FFFD, and counted.
 */
export async function findLetters<Item extends PageItem & { readonly fontName: string }>(
  page: PDFPageProxy,
  items: Item[],
  fonts: FontLetters,
): Promise<{ readonly items: Item[]; readonly nMissing: number }> {
  const odd = items.filter(({ str }) => str.search(noLetter) >= 0);
  if (odd.length === 0) return { items, nMissing: 0 };
  if (odd.some(({ fontName }) => !fonts.has(fontName))) {
    // Fonts come with what draws the page.
    await page.getOperatorList().catch(() => undefined);
    addLetters(page, new Set(items.map(({ fontName }) => fontName)), fonts);
  }
  let nMissing = 0;
  const mended = items.map((item) => {
    if (item.str.search(noLetter) < 0) return item;
    const letters = fonts.get(item.fontName)!;
    const str = item.str.replace(noLetter, (sign) => {
      const letter = letters.get(sign) ?? signs.get(sign);
      if (letter !== undefined) return letter;
      nMissing++;
      return control.test(sign) ? "\ufffd" : sign;
    });
    return { ...item, str };
  });
  return { items: mended, nMissing };
}

interface FontData {
  readonly name?: string;
  readonly differences?: readonly (string | undefined)[];
  readonly toUnicode?: { readonly _map?: Readonly<Record<number, string>> };
}

/** pdf.js joins text of fonts with one name, the parts of a large font: these share their letters. */
function addLetters(page: PDFPageProxy, fontNames: ReadonlySet<string>, fonts: FontLetters): void {
  const byName = new Map<string, Map<string, string>>();
  for (const fontName of fontNames) {
    if (fonts.has(fontName)) continue;
    const font = page.commonObjs.has(fontName) ? (page.commonObjs.get(fontName) as FontData) : {};
    const name = font.name ?? fontName;
    const letters = byName.get(name) ?? new Map<string, string>();
    for (const [sign, letter] of lettersOf(font)) letters.set(sign, letter);
    byName.set(name, letters);
    fonts.set(fontName, letters);
  }
}

function lettersOf({ name = "", differences = [], toUnicode }: FontData): Map<string, string> {
  const letters = new Map<string, string>();
  const family = name.replace(/^[A-Z]{6}\+/, "");
  if (/^(?:symbol|wingdings)/i.test(family))
    for (let code = 0xf020; code <= 0xf0ff; code++) {
      const letter = symbolOf(code, family.replace(/-.*/, ""));
      if (letter !== undefined) letters.set(String.fromCharCode(code), letter);
    }
  for (const code of Object.keys(differences).map(Number)) {
    const name = differences[code];
    const letter = name === undefined ? undefined : letterOfGlyph(name);
    if (letter === undefined) continue;
    for (const shown of [String.fromCharCode(code), toUnicode?._map?.[code]])
      if (typeof shown === "string" && shown.search(noLetter) >= 0) letters.set(shown, letter);
  }
  return letters;
}

const names: Readonly<Record<string, string>> = {
  zero: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  space: " ",
  period: ".",
  comma: ",",
  colon: ":",
  semicolon: ";",
  hyphen: "-",
  minus: "−",
  plus: "+",
  equal: "=",
  slash: "/",
  percent: "%",
  parenleft: "(",
  parenright: ")",
  bullet: "•",
  dollar: "$",
  Euro: "€",
  endash: "–",
  emdash: "—",
  quoteright: "’",
  quoteleft: "‘",
  quotedblleft: "“",
  quotedblright: "”",
};

/**
 * "one.os", "a.sc", "f_f_i", "uni0031", "u1F600": what comes after a dot is the form, not the letter.
 */
export function letterOfGlyph(name: string): string | undefined {
  const parts = name
    .replace(/\..*$/, "")
    .replace(/(?:oldstyle|fitted|small)$/, "")
    .split("_");
  const letters = parts.map((part) => {
    const code = /^uni([0-9A-F]{4})$/.exec(part)?.[1] ?? /^u([0-9A-F]{4,6})$/.exec(part)?.[1];
    if (code !== undefined && parseInt(code, 16) <= 0x10ffff) return String.fromCodePoint(parseInt(code, 16));
    return /^[A-Za-z]$/.test(part) || /^f[fil]{1,2}$/.test(part) ? part : names[part];
  });
  return letters.every((letter) => letter !== undefined) ? letters.join("") : undefined;
}
