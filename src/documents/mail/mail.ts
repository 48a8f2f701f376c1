import { formatBytes } from "../../ground/figures";
import { htmlToText } from "../html/html";
import { Losses } from "../losses";
import type { DocumentNote, ReadText } from "../reading";
import { inSections } from "../text/sections";
import { t, tn } from "../../language/language";
import { unitSpace } from "../../language/units";

/** A file that came with a mail. */
export interface MailFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Mail {
  readonly subject: string;
  /** Names and addresses, such as "From: Anna <anna@example.org>". */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly html: string;
  readonly files: readonly MailFile[];
  /** Pictures in its text, which are no files of their own. */
  readonly nPictures: number;
  /** Files that only refer to a place elsewhere, or are of a kind that is not unpacked. */
  readonly nObjects: number;
  /** Mails that were sent on with this one. */
  readonly forwarded: readonly Mail[];
}

/** A mail as its headers and its text. Its files are documents of their own; here they are named. */
export function mailToText(mail: Mail): ReadText {
  const nFiles = filesOf(mail).length;
  const losses = new Losses();
  return {
    ...inSections(sectionsOf(mail, losses)),
    nFiles,
    notes: [...fileNotes(nFiles), ...losses.notes()],
  };
}

function fileNotes(nFiles: number): DocumentNote[] {
  if (nFiles === 0) return [];
  const sentence = tn(
    nFiles,
    "The file that came with the mail is a document of its own.",
    "The {count} files that came with the mail are documents of their own.",
  );
  return [{ kind: "info", sentence }];
}

/** All files of a mail and of those that it sends on. */
export const filesOf = (mail: Mail): readonly MailFile[] => [
  ...mail.files,
  ...mail.forwarded.flatMap((one) => filesOf(one)),
];

function sectionsOf(mail: Mail, losses: Losses): string[] {
  const headers = mail.headers
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}: ${value}`);
  const files = mail.files.map(
    ({ name, bytes }) => `[Attachment: ${name}, ${formatBytes(bytes.length).replace(unitSpace, " ")}]`,
  );
  const subject = mail.subject.trim() === "" ? [] : [`# ${mail.subject.trim()}`];
  const parts = [...subject, headers.join("\n"), bodyOf(mail, losses), files.join("\n")];
  return [
    parts.filter((part) => part !== "").join("\n\n"),
    ...mail.forwarded.flatMap((one) => sectionsOf(one, losses)),
  ];
}

/** The text that the mail brings; its HTML, where the text only says that there is HTML. */
function bodyOf({ subject, text, html, nPictures, nObjects }: Mail, losses: Losses): string {
  losses.add("object", nObjects);
  // The HTML shows pictures that came with the mail, and others that it would load from elsewhere.
  if (!/<img\b/i.test(html)) losses.add("picture", nPictures);
  if (html === "") return text.trim();
  const fromHtml = htmlToText(html, subject.trim() || t("The mail"), losses);
  return text.trim().length * 4 >= fromHtml.length ? text.trim() : fromHtml;
}
