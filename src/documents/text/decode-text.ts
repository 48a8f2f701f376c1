import { DocumentError } from "../../ground/errors";
import type { DocumentNote } from "../../storage/documents";
import { declaredEncoding } from "./declared-encoding";
import { decodeAs, encodings, type Encoding } from "./encodings";
import { guessEncoding } from "./guess-encoding";
import { unicodeOf } from "./unicode";
import { mark, t, tn, verbatim, type Key, type Sentence } from "../../language/language";

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  readonly notes: readonly DocumentNote[];
}

/**
 * The text of a text file. Its encoding is, in this order: the one that a person chose; UTF-8, 16 or 32, by a
 * mark or by the bytes, since hardly a text of another encoding looks like them; the one it declares; a guess
 * by its letters. Line ends become "\n", and letters are composed (NFC), as tokenizers do it too.
 *
 * @param chosen  by the person who knows better
 * @throws DocumentError  when the bytes are no text
 */
export async function decodeText(bytes: Uint8Array, name: string, chosen?: Encoding): Promise<DecodedText> {
  const found = chosen ?? unicodeOf(bytes);
  if (found === undefined || !/^(?:utf-(?:16|32)|iso-2022-kr)/.test(found)) checkIsText(bytes, name);
  if (found !== undefined) return decoded(bytes, found, []);
  const declared = declaredEncoding(bytes);
  if (declared !== undefined) return decoded(bytes, declared, []);
  const guessed = await guessEncoding(bytes);
  return decoded(bytes, guessed, [
    {
      kind: "guessed",
      sentence: t(
        "The file does not say its encoding; it was read as {encoding}. If letters look wrong, open the document and choose another encoding.",
        { encoding: encodings[guessed] },
      ),
    },
  ]);
}

function decoded(bytes: Uint8Array, encoding: Encoding, notes: readonly DocumentNote[]): DecodedText {
  const text = decodeAs(bytes, encoding);
  const nBad = count(text, "\ufffd") - (encoding === "utf-8" ? nReplacements(bytes) : 0);
  if (nBad <= 0) return { text: tidy(text), encoding, notes };
  const damaged: DocumentNote = {
    kind: "damaged",
    sentence: tn(
      nBad,
      "One place is not valid {encoding} and read as \ufffd. If letters look wrong, open the document and choose another encoding.",
      "{count} places are not valid {encoding} and read as \ufffd. If letters look wrong, open the document and choose another encoding.",
      { encoding: encodings[encoding] },
    ),
  };
  return { text: tidy(text), encoding, notes: [...notes, damaged] };
}

/** Counts U+FFFD that a file in UTF-8 holds itself. */
function nReplacements(bytes: Uint8Array): number {
  let n = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1))
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) n++;
  return n;
}

function count(text: string, char: string): number {
  let n = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) n++;
  return n;
}

/**
 * Refuses what is no text. One byte in two hundred may be a control character, and four in any file: a form
 * feed, an escape of a log's colours, a zero that a program left.
 */
function checkIsText(bytes: Uint8Array, name: string): void {
  const sample = bytes.subarray(0, 65_536);
  let nControl = 0;
  for (const byte of sample) if (byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 27) nControl++;
  const isKnown = describeMagic(bytes) !== "" && nControl > 0;
  if (!isKnown && nControl <= sample.length / 200 + 4) return;
  throw new DocumentError(t("“{name}” is not text{magic}.", { name, magic: describeMagic(bytes) }), {
    hint: t(
      "Text, code, web pages, PDF, books, mails, and files of Office and OpenDocument can be attached.",
    ),
  });
}

const magics: readonly (readonly [magic: string, what: Key])[] = [
  ["\x89PNG", mark("an image")],
  ["\xff\xd8\xff", mark("an image")],
  ["GIF8", mark("an image")],
  ["RIFF", mark("a picture, a sound or a film")],
  ["PK\x03\x04", mark("an archive")],
  ["\x1f\x8b", mark("an archive")],
  ["7z\xbc\xaf", mark("an archive")],
  ["GGUF", mark("a model: drop it alone to add it")],
  ["\x7fELF", mark("a program")],
  ["MZ", mark("a program")],
];

function describeMagic(bytes: Uint8Array): Sentence {
  const what = magics.find(([magic]) =>
    [...magic].every((char, at) => char.charCodeAt(0) === bytes[at]),
  )?.[1];
  return what === undefined ? verbatim("") : t(": it looks like {what}", { what: t(what) });
}

/** Well-formed, composed, with "\n" at the ends of lines and no zeros. */
export function tidy(text: string): string {
  const wellFormed = text.toWellFormed().normalize("NFC");
  return wellFormed.includes("\r") || wellFormed.includes("\0")
    ? wellFormed.replace(/\r\n?/g, "\n").replaceAll("\0", "")
    : wellFormed;
}
