import type { Conversation } from "../../storage/chats/conversations";
import type { DocumentText } from "../../storage/documents";
import { chatLine, documentLine, formats, VERSION } from "./chat-json";

/**
 * Writes chats, with all branches and documents, as JSON of a line a chat and a line a document. It says no
 * time: the same chats give the same bytes.
 */
export async function exportJson(
  chats: AsyncIterable<Conversation>,
  documentOf: (id: string) => Promise<DocumentText | undefined>,
): Promise<Blob> {
  const parts: string[] = [`{\n"format": "${formats.chats}",\n"version": ${VERSION},\n"chats": [`];
  const ids = new Set<string>();
  let separator = "\n";
  for await (const chat of chats) {
    parts.push(separator, chatLine(chat));
    separator = ",\n";
    for (const id of documentIdsOf(chat)) ids.add(id);
  }
  parts.push(`\n],\n"documents": [`);
  separator = "\n";
  for (const id of [...ids].sort()) {
    const document = await documentOf(id);
    if (!document) continue;
    parts.push(separator, documentLine(document));
    separator = ",\n";
  }
  parts.push("\n]\n}\n");
  return new Blob(parts, { type: "application/json" });
}

/** The ids of all documents of a chat. */
export const documentIdsOf = ({ messages }: Conversation): readonly string[] => [
  ...new Set(
    messages.flatMap((message) =>
      message.role === "user" ? (message.documents ?? []).map(({ id }) => id) : [],
    ),
  ),
];
