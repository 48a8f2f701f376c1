import { DocumentError } from "../../ground/errors";
import { counted } from "../../ground/figures";
import { t } from "../../language/language";

const MOST_MAILS = 20_000;
const separator = [..."From "].map((char) => char.charCodeAt(0));

/** Tells a mailbox, several mails in one file (mbox): each begins with a line "From " after an empty one. */
export const isMailbox = (bytes: Uint8Array): boolean =>
  isFrom(bytes, 0) && nextMail(bytes, 1) < bytes.length;

/**
 * The mails of a mailbox, each with a name of its number and subject.
 *
 * @throws DocumentError  when there are too many
 */
export function mailsOf(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): { name: string; bytes: Uint8Array<ArrayBuffer> }[] {
  const mails: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
  for (let start = 0; start < bytes.length;) {
    if (mails.length >= MOST_MAILS)
      throw new DocumentError(
        t("“{name}” holds more than {mails}.", { name, mails: counted(MOST_MAILS, "mail") }),
        { hint: t("Export the mails that you need by themselves, and attach those.") },
      );
    const end = nextMail(bytes, start + 1);
    const body = bytes.subarray(bytes.indexOf(10, start) + 1, end);
    mails.push({ name: `${mails.length + 1}${subjectOf(body)}.eml`, bytes: body });
    start = end;
  }
  return mails;
}

/** The place where the next mail begins, or the end. */
function nextMail(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(10, from); at >= 0; at = bytes.indexOf(10, at + 1)) {
    const isAfterEmpty = bytes[at - 1] === 10 || (bytes[at - 1] === 13 && bytes[at - 2] === 10);
    if (isAfterEmpty && isFrom(bytes, at + 1)) return at + 1;
  }
  return bytes.length;
}

/** A line "From ", and a header of a mail on the next: people write "From" at the start of a line too. */
function isFrom(bytes: Uint8Array, at: number): boolean {
  if (!separator.every((byte, n) => bytes[at + n] === byte)) return false;
  const next = bytes.indexOf(10, at) + 1;
  return next > 0 && /^[\w-]+:/.test(String.fromCharCode(...bytes.subarray(next, next + 80)));
}

/** " Subject", as far as it is plain letters and can be a file's name. */
function subjectOf(mail: Uint8Array): string {
  const head = new TextDecoder("windows-1252").decode(mail.subarray(0, 8192)).split(/\r?\n\r?\n/)[0]!;
  const subject = /^subject:[ \t]*(.*)$/im.exec(head)?.[1]?.trim() ?? "";
  if (subject.includes("=?")) return "";
  const plain = subject
    .replace(/[^\w .,()-]+/g, " ")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, 60)
    .trim();
  return plain === "" ? "" : ` ${plain}`;
}
