import type { Message } from "../../../storage/chats/conversations";
import { attachAgain, clearAttachments } from "../documents/attachments";
import { messagesBefore, newChat } from "./chat";
import { keepDraft } from "./draft";
import { documentsOf } from "../documents/quotations";

/** Documents of the messages shown, each part of each once. */
export function countDocuments(
  ids: readonly string[] | undefined,
  messages: Readonly<Record<string, Message>>,
): number {
  return documentsOf((ids ?? []).flatMap((id) => messages[id] ?? [])).length;
}

/**
 * Opens a new chat with the documents that stand before an answer attached, and its question in the message
 * box: what was read of the documents is not read again.
 */
export async function startChatWithDocuments(conversationId: string, answerId: string): Promise<void> {
  const history = messagesBefore(conversationId, answerId);
  const question = history.findLast((message) => message.role === "user");
  if (question?.role === "user") keepDraft(null, question.text); // before the box shows it
  newChat();
  clearAttachments();
  await attachAgain(documentsOf(history));
}
