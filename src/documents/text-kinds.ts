import { isMail, isSavedPage } from "./mail/mail-start";
import { isSubtitles } from "./subtitles/subtitles-start";

/** Files of text that are more than their letters. */
export type TextKind =
  "html" | "rich-text" | "mail" | "saved-page" | "notebook" | "subtitles" | "open-document";

export interface Head {
  /** The first letters of the file, as far as its bytes are ASCII. */
  readonly start: string;
  readonly kind: TextKind | undefined;
}

const START_BYTES = 4096;

/** Tells the kind of a text file by its first letters, and by its name where several kinds begin alike. */
export function readHead(bytes: Uint8Array, name: string): Head {
  const first = bytes.subarray(0, START_BYTES);
  const isUtf16 = (first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff);
  // Subtitles in UTF-16 are common; the letters that tell a kind are ASCII.
  const start = new TextDecoder("windows-1252").decode(
    isUtf16 ? first.filter((byte, at) => at > 1 && byte !== 0) : first,
  );
  return { start, kind: kindOf(start.replace(/^(?:\ufeff|ï»¿)/, ""), name) };
}

function kindOf(start: string, name: string): TextKind | undefined {
  if (start.startsWith("{\\rtf")) return "rich-text";
  if (
    /\.ipynb$/i.test(name) ||
    (/^\s*\{\s*"(?:cells|nbformat|metadata|worksheets)"\s*:/.test(start) && /"cell_type"\s*:/.test(start))
  )
    return "notebook";
  if (isSubtitles(start)) return "subtitles";
  if (isSavedPage(start)) return "saved-page";
  if (isMail(start)) return "mail";
  if (/^\s*(?:<\?xml[^>]*>\s*)?<office:document\s/.test(start)) return "open-document";
  if (/\.x?html?$/i.test(name) || /^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype html|html)\b/i.test(start))
    return "html";
  return undefined;
}
