import { encodingOf, type Encoding } from "./encodings";

/** Bytes of a file in which a declaration is looked for; browsers look as far. */
const LOOKED_AT = 4096;

/** Places where files say their encoding; each has its name in the first group. */
const declarations: readonly RegExp[] = [
  /^\s*<\?xml[^>]*\bencoding\s*=\s*["']?([\w:.-]+)/i, // XML
  /<meta\b[^>]*\bcharset\s*=\s*["']?\s*([\w:.-]+)/i, // HTML, both ways of it
  /^@charset\s+"([\w:.-]+)"/i, // CSS
  /^[^\n]*\n?[^\n]*\bcoding[:=]\s*([\w.-]+)/, // Python and Emacs, in the first two lines
  /\b(?:fileencoding|fenc)=([\w-]+)/, // Vim
  /\\usepackage\[([\w-]+)\]\{inputenc\}/, // LaTeX
  /^"?Content-Type:[^\n]*\bcharset="?([\w:.-]+)/im, // a mail or a translation (.po)
];

/** LaTeX's names that are no labels of the Encoding Standard. */
const latexNames: Record<string, string> = {
  latin9: "iso-8859-15",
  ansinew: "windows-1252",
  applemac: "macintosh",
};

/**
 * The encoding that a text names in itself. UTF-16 and UTF-32 are left out: a declaration that can be read
 * byte by byte is in neither.
 */
export function declaredEncoding(bytes: Uint8Array): Encoding | undefined {
  const start = new TextDecoder("windows-1252").decode(bytes.subarray(0, LOOKED_AT));
  for (const declaration of declarations) {
    const label = declaration.exec(start)?.[1];
    const encoding = label === undefined ? undefined : encodingOf(latexNames[label] ?? label);
    if (encoding !== undefined && !/^utf-(?:16|32|8)/.test(encoding)) return encoding;
  }
  return undefined;
}
