import PostalMime, { type Address, type Email } from "postal-mime";
import { DocumentError } from "../../ground/errors";
import { htmlToText } from "../html/html";
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
    forwarded: [],
  };
}

/** The text of a web page that was saved as one file (.mhtml). */
export async function savedPageToText(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<ReadText> {
  const { html = "", text: plain = "" } = await parse(bytes, name);
  const text = tidy(html === "" ? plain : htmlToText(html, name));
  return { text, ...cutAtLines(text), notes: [] };
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

function filesIn({ attachments }: Email) {
  return attachments
    .filter(({ related, mimeType }) => !related || !mimeType.startsWith("image/"))
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
