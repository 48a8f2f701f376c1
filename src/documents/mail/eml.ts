import PostalMime, { type Address, type Email } from "postal-mime";
import { DocumentError } from "../../ground/errors";
import { htmlToText } from "../html/html";
import { Losses } from "../losses";
import type { ReadText } from "../reading";
import { cutAtLines } from "../text/cuts";
import { tidy } from "../text/decode-text";
import type { Mail } from "./mail";
import { t } from "../../language/language";

/** @throws DocumentError  when its parts lie too deep in each other, or its headers have no end */
export async function parseMail(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Mail> {
  const email = await parse(bytes, name);
  const list = (addresses: readonly Address[] | undefined) => (addresses ?? []).map(addressText).join(", ");
  return {
    subject: email.subject ?? "",
    headers: [
      ["From", email.from ? addressText(email.from) : ""],
      ["To", list(email.to)],
      ["Cc", list(email.cc)],
      ["Date", email.date ?? ""],
    ],
    text: email.text ?? "",
    html: email.html ?? "",
    files: filesIn(email),
    nPictures: email.attachments.filter(isInText).length,
    nObjects: 0,
    forwarded: [],
  };
}

/** The text of a web page that was saved as one file (.mhtml). */
export async function savedPageToText(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<ReadText> {
  const { html = "", text: plain = "" } = await parse(bytes, name);
  const losses = new Losses();
  const text = tidy(html === "" ? plain : htmlToText(html, name, losses));
  return { text, ...cutAtLines(text), notes: losses.notes() };
}

async function parse(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Email> {
  try {
    return await PostalMime.parse(bytes);
  } catch (cause) {
    throw new DocumentError(
      t("“{name}” could not be read as a mail: {reason}", {
        name,
        reason: cause instanceof Error ? cause.message : String(cause),
      }),
      { hint: t("Open it in a mail program, and save it as PDF or paste its text."), cause },
    );
  }
}

const addressText = (address: Address): string =>
  address.group
    ? `${address.name}: ${address.group.map(addressText).join(", ")}`
    : address.name === "" || address.name === address.address
      ? address.address
      : `${address.name} <${address.address}>`;

/** Says that a file is a picture that the text of the mail shows. */
const isInText = ({ related, mimeType }: Email["attachments"][number]) =>
  related === true && mimeType.startsWith("image/");

function filesIn({ attachments }: Email) {
  return attachments
    .filter((file) => !isInText(file))
    .map(({ filename, mimeType, content }, at) => ({
      name: filename ?? `attachment ${at + 1}${endings[mimeType] ?? ""}`,
      bytes: bytesOf(content),
    }));
}

const endings: Readonly<Record<string, string>> = {
  "text/calendar": ".ics",
  "text/plain": ".txt",
  "text/html": ".html",
  "message/rfc822": ".eml",
  "application/pdf": ".pdf",
};

function bytesOf(content: string | ArrayBuffer | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof content === "string") return new TextEncoder().encode(content);
  return new Uint8Array(content);
}
