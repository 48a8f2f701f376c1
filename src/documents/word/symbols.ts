/**
 * Signs of Symbol and Wingdings, fonts whose letters are pictures: in files they are U+F020 to U+F0FF, or a
 * code. The common ones are here; of others Word's code is all there is.
 */
export function symbolOf(code: number, font: string): string | undefined {
  const low = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  if (/^symbol/i.test(font)) return symbol.get(low) ?? ascii(low);
  if (/^wingdings 2/i.test(font)) return wingdings2.get(low);
  if (/^wingdings$/i.test(font)) return wingdings.get(low);
  if (code >= 0xf000 && code <= 0xf0ff) return undefined;
  return code >= 0x20 && code < 0x11_0000 ? String.fromCodePoint(code) : undefined;
}

/** Replaces the letters of a text in such a font. */
export function readSymbols(text: string, font: string): string {
  if (!/[\uf020-\uf0ff]/.test(text)) return text;
  return text.replace(/[\uf020-\uf0ff]/g, (sign) => symbolOf(sign.charCodeAt(0), font) ?? sign);
}

const ascii = (code: number) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : undefined);

const pairs = (from: string, to: string): [number, string][] => {
  const signs = [...to];
  return [...from].map((sign, at) => [sign.charCodeAt(0), signs[at]!]);
};
const listed = (first: number, signs: string): [number, string][] =>
  [...signs].map((sign, at) => [first + at, sign]);

const symbol = new Map<number, string>([
  ...pairs("ABGDEZHQIKLMNXOPRSTUFCYW", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"),
  ...pairs("abgdezhqiklmnxoprVstufcyw", "αβγδεζηθικλμνξοπρςστυφχψω"),
  ...pairs("jJvV", "ϕϑϖς"),
  ...listed(0xa1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
  ...listed(0xc0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈"),
  [0xe5, "∑"],
  [0xf1, "〉"],
  [0xf2, "∫"],
  [0x22, "∀"],
  [0x24, "∃"],
  [0x27, "∋"],
  [0x2a, "∗"],
  [0x2d, "−"],
  [0x40, "≅"],
  [0x5c, "∴"],
  [0x5e, "⊥"],
  [0x7e, "∼"],
]);

const wingdings = new Map<number, string>([
  [0x28, "☎"],
  [0x2a, "✉"],
  [0x46, "☞"],
  [0x4a, "☺"],
  [0x4c, "☹"],
  [0x6c, "●"],
  [0x6e, "■"],
  [0x6f, "☐"],
  [0x71, "❑"],
  [0x72, "❒"],
  [0x76, "❖"],
  [0xa7, "▪"],
  [0xa8, "☐"],
  [0xab, "★"],
  [0xd8, "➢"],
  ...listed(0xdf, "←→↑↓↖↗↙↘"),
  ...listed(0xe7, "←→↑↓↖↗↙↘"),
  [0xfb, "✗"],
  [0xfc, "✓"],
  [0xfd, "☒"],
  [0xfe, "☑"],
]);

const wingdings2 = new Map<number, string>([
  [0x4f, "✗"],
  [0x50, "✓"],
  [0x51, "☒"],
  [0x52, "☑"],
  [0x53, "☒"],
  [0x54, "☒"],
  [0xa3, "☐"],
]);
