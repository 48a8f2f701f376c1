/**
 * A text as it is compared: letters only as different as a reader finds them, each with the place it came
 * from.
 */
export interface FoldedText {
  readonly text: string;
  /** For each character of `text`, where it is in the original; and the original's end. */
  readonly origins: Uint32Array;
}

/**
 * Makes capitals small, every quotation mark, dash and space the same, and leaves out what no one reads: runs
 * of spaces, spaces beside Chinese or Japanese letters (lines end anywhere there), marks of direction, soft
 * and line-end hyphens, Markdown's emphasis and the addresses of its links.
 *
 * @param skips stretches that do not count at all, in order, such as the lines that name a page
 */
export function foldText(
  original: string,
  skips: readonly { readonly start: number; readonly end: number }[] = [],
): FoldedText {
  const units = new Uint16Array(2 * original.length + 1);
  const origins = new Uint32Array(2 * original.length + 2);
  let length = 0;
  let skip = 0;
  let spaceAt = -1;
  let before = 0;
  // The bracket that closes a link's text, and the end of its address.
  let [closesAt, closesEnd] = [-1, -1];
  for (let at = 0; at < original.length; at++) {
    while (skip < skips.length && skips[skip]!.end <= at) skip++;
    if (skip < skips.length && at >= skips[skip]!.start) {
      at = skips[skip]!.end - 1;
      if (spaceAt < 0) spaceAt = at;
      continue;
    }
    const code = original.charCodeAt(at);
    if (at === closesAt) {
      at = closesEnd - 1;
      continue;
    }
    if (code === OPENING_BRACKET) {
      link.lastIndex = at;
      const found = link.exec(original);
      if (found) {
        closesAt = at + 1 + found[1]!.length;
        closesEnd = link.lastIndex;
        continue;
      }
    }
    const folded = foldedUnits(code);
    if (folded === SPACE) {
      if (spaceAt < 0) spaceAt = at;
      continue;
    }
    if (folded === "") continue;
    if (folded === "-" && isLineEndHyphen(original, at)) {
      at++;
      continue;
    }
    if (spaceAt >= 0 && length > 0 && !isUnspaced(before) && !isUnspaced(code)) {
      units[length] = 32;
      origins[length++] = spaceAt;
    }
    spaceAt = -1;
    before = code;
    for (let i = 0; i < folded.length && length < units.length - 1; i++) {
      units[length] = folded.charCodeAt(i);
      origins[length++] = at;
    }
  }
  origins[length] = original.length;
  return {
    text: new TextDecoder("utf-16le").decode(units.subarray(0, length)),
    origins: origins.subarray(0, length + 1),
  };
}

const SPACE = " ";
const OPENING_BRACKET = 91;
/** A link of Markdown: its words are read, its address is not. */
export const link = /\[([^[\]\n]{1,300})\]\([^()\s<>]{1,2000}\)/y;
const cache: (string | undefined)[] = [];

function foldedUnits(code: number): string {
  return (cache[code] ??= computeFolded(code));
}

function computeFolded(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) return String.fromCharCode(code); // half of an emoji or a rare letter
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return SPACE;
  if (/[\u00ad\u0640\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069*_`]/.test(character)) return "";
  if (/["'“”„‟«»‹›‘’‚‛「」『』〝〞＂＇]/.test(character)) return "'";
  if (/[\u2010-\u2015\u2212]/.test(character)) return "-";
  return character.normalize("NFKC").toLowerCase();
}

/** "exam-\nple": the hyphen is the line's, and so is the line end. */
function isLineEndHyphen(text: string, at: number): boolean {
  return /[-\u2010]/.test(text[at]!) && text[at + 1] === "\n" && /\p{Ll}/u.test(text[at + 2] ?? "");
}

/** Chinese and Japanese letters and their punctuation, which stand without spaces between. */
const isUnspaced = (code: number) =>
  (code >= 0x3000 && code <= 0x30ff) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0xff01 && code <= 0xff0f) ||
  (code >= 0xff1a && code <= 0xff20) ||
  (code >= 0xff61 && code <= 0xff9f);
