import { DocumentError } from "../../ground/errors";

/**
 * Text from the bytes of a text file: UTF-8, UTF-16 (by its mark, or by where its zeros are), else what
 * browsers take for Latin-1. Line ends become "\n", and letters are composed (NFC), as tokenizers do it too.
 *
 * @param declared an encoding that the text itself names, as HTML does
 * @throws DocumentError  when the bytes are no text
 */
export function decodeText(bytes: Uint8Array, name: string, declared?: string): string {
  const encoding = markOf(bytes) ?? utf16Without(bytes) ?? declared;
  if (encoding === undefined || !encoding.startsWith("utf-16")) checkIsText(bytes, name);
  return tidy(decode(bytes, encoding));
}

function decode(bytes: Uint8Array, encoding: string | undefined): string {
  if (encoding !== undefined)
    try {
      return new TextDecoder(encoding).decode(bytes);
    } catch {
      // A name that no browser knows.
    }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function markOf([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return undefined;
}

/** Decodes UTF-16 that has no mark: in text of European letters every second byte is zero. */
function utf16Without(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4096 & ~1);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2]!++;
  const half = sample.length / 2;
  if (zeros[1]! > 0.7 * half && zeros[0] === 0) return "utf-16le";
  if (zeros[0]! > 0.7 * half && zeros[1] === 0) return "utf-16be";
  return undefined;
}

/**
 * Refuses what is no text. A text file may have one control character in a thousand bytes: a form feed, an
 * escape of a log's colours.
 */
function checkIsText(bytes: Uint8Array, name: string): void {
  const sample = bytes.subarray(0, 65_536);
  let nControl = 0;
  for (const byte of sample) {
    if (byte === 0)
      nControl += sample.length; // no text has one
    else if (byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 27) nControl++;
  }
  if (nControl <= sample.length / 1000 + 1) return;
  throw new DocumentError(`“${name}” is not text${describeMagic(bytes)}.`, {
    hint: "Text, Markdown, code, CSV, JSON, HTML, PDF and Word's .docx can be attached.",
  });
}

const magics: readonly (readonly [magic: string, what: string])[] = [
  ["\x89PNG", "an image"],
  ["\xff\xd8\xff", "an image"],
  ["GIF8", "an image"],
  ["RIFF", "a picture, a sound or a film"],
  ["PK\x03\x04", "an archive"],
  ["\x1f\x8b", "an archive"],
  ["7z\xbc\xaf", "an archive"],
  ["GGUF", "a model: drop it alone to add it"],
  ["\x7fELF", "a program"],
  ["MZ", "a program"],
];

function describeMagic(bytes: Uint8Array): string {
  const what = magics.find(([magic]) =>
    [...magic].every((char, at) => char.charCodeAt(0) === bytes[at]),
  )?.[1];
  return what === undefined ? "" : `: it looks like ${what}`;
}

/** Well-formed, composed, with "\n" at the ends of lines and no zeros. */
export function tidy(text: string): string {
  const wellFormed = text.toWellFormed().normalize("NFC");
  return wellFormed.includes("\r") || wellFormed.includes("\0")
    ? wellFormed.replace(/\r\n?/g, "\n").replaceAll("\0", "")
    : wellFormed;
}
