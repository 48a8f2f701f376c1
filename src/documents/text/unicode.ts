import type { Encoding } from "./encodings";

const SAMPLE_BYTES = 65_536;

/**
 * UTF-8, UTF-16 or UTF-32, where the bytes are that: by their mark, or by what only that encoding looks like.
 * `undefined`: another encoding, or no text.
 */
export function unicodeOf(bytes: Uint8Array): Encoding | undefined {
  const marked = markOf(bytes);
  if (marked !== undefined) return marked;
  if (isUtf32(bytes, true)) return "utf-32le";
  if (isUtf32(bytes, false)) return "utf-32be";
  const [isMostly16, utf16] = utf16Of(bytes);
  if (isMostly16) return utf16;
  const iso2022 = iso2022Of(bytes);
  if (iso2022 !== undefined) return iso2022;
  return isUtf8(bytes) ? "utf-8" : utf16;
}

function markOf([a, b, c, d]: Uint8Array): Encoding | undefined {
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return "utf-32le";
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return "utf-32be";
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return undefined;
}

/** Every four bytes are a character that there is, and not all of them zero. */
function isUtf32(bytes: Uint8Array, isLittleEndian: boolean): boolean {
  if (bytes.length < 8 || bytes.length % 4 !== 0) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(bytes.length, SAMPLE_BYTES);
  for (let at = 0; at < end; at += 4) {
    const point = view.getUint32(at, isLittleEndian);
    if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
  }
  return true;
}

/**
 * UTF-16 by its zeros, which stand in one half of the pairs only: letters of Europe have one each. In
 * Chinese, Japanese or Korean only spaces, digits and line ends have, so that a few are a sign, and no proof.
 *
 * @returns whether zeros are so many that it is nothing else, and the byte order, if it may be UTF-16
 */
function utf16Of(bytes: Uint8Array): readonly [isCertain: boolean, Encoding | undefined] {
  const sample = bytes.subarray(0, Math.min(bytes.length & ~1, SAMPLE_BYTES));
  const zeros = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at % 2]!++;
  const [even, odd] = zeros as [number, number];
  const [most, least] = [Math.max(even, odd), Math.min(even, odd)];
  if (most === 0 || least * 20 > most) return [false, undefined];
  const encoding = odd > even ? "utf-16le" : "utf-16be";
  if (!isReadable(new TextDecoder(encoding).decode(sample))) return [false, undefined];
  return [most * 2 > 0.4 * sample.length, encoding];
}

/** Hardly a control character, private or unassigned one, and hardly a half of a pair. */
function isReadable(text: string): boolean {
  const odd =
    text.match(/[\p{Cc}\p{Co}\p{Cn}\p{Cs}\ufffd]/gu)?.filter((char) => !/[\t\n\f\r]/.test(char)).length ?? 0;
  return odd * 100 <= text.length;
}

/** Japanese or Korean in seven bits: ASCII but for escapes into other sets. */
function iso2022Of(bytes: Uint8Array): Encoding | undefined {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1)) {
    if (bytes[at + 1] !== 0x24) continue;
    if (bytes[at + 2] === 0x40 || bytes[at + 2] === 0x42) return "iso-2022-jp";
    if (bytes[at + 2] === 0x29 && bytes[at + 3] === 0x43) return "iso-2022-kr";
  }
  return undefined;
}

/**
 * UTF-8, though some bytes may be damaged. A text of another encoding has letters that are no UTF-8 far more
 * often than ones that happen to be.
 */
function isUtf8(bytes: Uint8Array): boolean {
  let nGood = 0;
  let nBad = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length === 0) nBad++;
    else if (length > 1) nGood++;
    at += Math.max(1, length);
  }
  return nBad === 0 || nGood > 2 * nBad;
}

/**
 * Bytes of the character at `at`; 0 where there is none. A character cut off by the file's end counts as
 * whole.
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let next = at + 1; next < at + length; next++) {
    const byte = bytes[next];
    if (byte === undefined) return length;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return length;
}
