import type { Conversation } from "../../storage/chats/conversations";
import type { DocumentText } from "../../storage/documents";
import { ZipWriter } from "../files/zip-writer";
import { chatLine, documentLine, formats, VERSION } from "./chat-json";
import { documentIdsOf } from "./export-json";

/**
 * Writes all that a person has here but for models: chats with their folders, pins and documents, and the
 * settings. One file a chat and one a document, in a zip archive that is written as a stream. The access
 * token is no setting, and is not in it.
 */
export async function backUp(
  chats: AsyncIterable<Conversation>,
  documentOf: (id: string) => Promise<DocumentText | undefined>,
  settings: unknown,
): Promise<Blob> {
  const zip = new ZipWriter();
  const head = { format: formats.backup, version: VERSION, createdAt: new Date().toISOString(), settings };
  zip.add("backup.json", JSON.stringify(head, null, 2));
  const written = new Set<string>();
  let nChats = 0;
  for await (const chat of chats) {
    zip.add(`chats/${String(++nChats).padStart(5, "0")}.json`, chatLine(chat));
    for (const id of documentIdsOf(chat)) {
      const document = written.has(id) ? undefined : await documentOf(id);
      if (document) zip.add(`documents/${id}.json`, documentLine(document));
      written.add(id);
    }
  }
  return zip.end();
}
