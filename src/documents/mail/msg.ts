import { decompressRTF } from "@kenjiuno/decompressrtf";
import { decodeCodePage } from "../office/code-pages";
import type { OleStreams } from "../office/ole";
import { rtfToText } from "../rich-text/rtf";
import type { Mail, MailFile } from "./mail";

/** Mails in mails; Outlook's own files have a few. */
const DEEPEST = 10;
/** Outlook's numbers of the properties that are read ([MS-OXPROPS]). */
const property = {
  subject: "0037",
  senderName: "0c1a",
  senderAddress: "5d01",
  senderOldAddress: "0c1f",
  to: "0e04",
  cc: "0e03",
  body: "1000",
  html: "1013",
  rtf: "1009",
  fileName: "3707",
  shortFileName: "3704",
  displayName: "3001",
  file: "3701",
};
const sentAt = 0x0039;
const receivedAt = 0x0e06;
const internetCodePage = 0x3fde;
const messageCodePage = 0x3ffd;

/** Reads a mail of Outlook out of the streams of its file. */
export const messageOf = (streams: OleStreams): Mail => mailAt(streams, "", 0);

function mailAt(streams: OleStreams, folder: string, depth: number): Mail {
  // The properties of the outermost mail have 32 bytes before them, those of a mail in it 24.
  const fixed = fixedProperties(streams.get(`${folder}__properties_version1.0`), depth === 0 ? 32 : 24);
  const codePage = number(fixed.get(internetCodePage)) ?? number(fixed.get(messageCodePage)) ?? 1252;
  const textOf = (id: string) => textAt(streams, folder, id, codePage);
  const address = textOf(property.senderAddress) || textOf(property.senderOldAddress);
  const name = textOf(property.senderName);
  const time = timeOf(fixed.get(sentAt)) ?? timeOf(fixed.get(receivedAt));
  const text = textOf(property.body);
  const files: MailFile[] = [];
  const forwarded: Mail[] = [];
  let nObjects = 0;
  for (const one of attachmentFolders(streams, folder)) {
    const inner = `${one}__substg1.0_${property.file}000d/`;
    const isMail = streams.has(`${inner}__properties_version1.0`);
    if (isMail && depth < DEEPEST) forwarded.push(mailAt(streams, inner, depth + 1));
    const bytes = streams.get(`${one}__substg1.0_${property.file}0102`);
    if (!bytes) {
      if (!isMail || depth >= DEEPEST) nObjects++;
      continue;
    }
    const name = [property.fileName, property.shortFileName, property.displayName]
      .map((id) => textAt(streams, one, id, codePage))
      .find((found) => found !== "");
    files.push({ name: name ?? `attachment ${files.length + 1}`, bytes });
  }
  return {
    subject: textOf(property.subject),
    headers: [
      ["From", address.includes("@") && address !== name ? `${name} <${address}>`.trim() : name],
      ["To", textOf(property.to).replaceAll("\0", "")],
      ["Cc", textOf(property.cc).replaceAll("\0", "")],
      ["Date", time ?? ""],
    ],
    text: text === "" ? rtfAt(streams, folder) : text,
    html: htmlAt(streams, folder, codePage),
    files,
    nPictures: 0,
    nObjects,
    forwarded,
  };
}

function attachmentFolders(streams: OleStreams, folder: string): string[] {
  const folders = new Set<string>();
  for (const path of streams.keys()) {
    if (!path.startsWith(`${folder}__attach_version1.0_`)) continue;
    const end = path.indexOf("/", folder.length);
    if (end > 0) folders.add(path.slice(0, end + 1));
  }
  return [...folders].sort();
}

function textAt(streams: OleStreams, folder: string, id: string, codePage: number): string {
  const unicode = streams.get(`${folder}__substg1.0_${id}001f`);
  const bytes = unicode ?? streams.get(`${folder}__substg1.0_${id}001e`);
  if (!bytes) return "";
  const text = unicode ? new TextDecoder("utf-16le").decode(bytes) : decodeCodePage(codePage, bytes);
  return text.replace(/\0+$/, "");
}

function htmlAt(streams: OleStreams, folder: string, codePage: number): string {
  const bytes = streams.get(`${folder}__substg1.0_${property.html}0102`);
  return bytes ? decodeCodePage(codePage, bytes) : textAt(streams, folder, property.html, codePage);
}

/** Some mails have their text as compressed rich text only. */
function rtfAt(streams: OleStreams, folder: string): string {
  const bytes = streams.get(`${folder}__substg1.0_${property.rtf}0102`);
  if (!bytes || bytes.length < 16) return "";
  try {
    return rtfToText(Uint8Array.from(decompressRTF([...bytes])), "mail").text;
  } catch {
    return ""; // damaged; the HTML may be there
  }
}

/** Properties of a fixed size: 16 bytes each, of which the last eight are the value. */
function fixedProperties(bytes: Uint8Array | undefined, start: number): ReadonlyMap<number, DataView> {
  const properties = new Map<number, DataView>();
  if (!bytes) return properties;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = start; at + 16 <= bytes.length; at += 16)
    properties.set(view.getUint16(at + 2, true), new DataView(bytes.buffer, bytes.byteOffset + at + 8, 8));
  return properties;
}

const number = (value: DataView | undefined): number | undefined => value?.getUint32(0, true) || undefined;

/** Windows counts tenths of microseconds since 1601. */
function timeOf(value: DataView | undefined): string | undefined {
  if (!value) return undefined;
  const milliseconds = Number(value.getBigUint64(0, true) / 10_000n) - 11_644_473_600_000;
  return milliseconds > 0 && milliseconds < 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
}
