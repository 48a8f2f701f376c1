import type { DocumentText } from "../../storage/documents";
import { cutAtLines } from "./cuts";

/** The id of a document: SHA-256 of its text, and of the unit in which it is counted. */
export async function documentId({ unit, text }: Pick<DocumentText, "unit" | "text">): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${unit}\n${text}`));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A text that is a document by itself, without a file to read. */
export async function textDocument(written: string): Promise<DocumentText> {
  const text = written.toWellFormed().normalize("NFC").replace(/\r\n?/g, "\n").replaceAll("\0", "");
  const cuts = cutAtLines(text);
  const id = await documentId({ unit: cuts.unit, text });
  return { id, text, ...cuts, notes: [], addedAt: Date.now() };
}

/** The number of lines of a text; one that ends with its last line's end has no empty line behind it. */
export function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < text.length - 1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
