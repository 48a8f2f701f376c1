import { callDocuments } from "../../../documents/client";
import type { Message, MessageDocument } from "../../../storage/chats/conversations";
import { changeAnswer, messagesBefore, messagesOf, openChat } from "../chat/chat";

/** All documents of a conversation, each part of each once. */
export function documentsOf(history: readonly Message[]): readonly MessageDocument[] {
  const documents = history.flatMap((message) => (message.role === "user" ? (message.documents ?? []) : []));
  return documents.filter(
    (one, at) =>
      documents.findIndex(({ id, range }) => id === one.id && range?.start === one.range?.start) === at,
  );
}

/**
 * Opens a stored chat, and looks up what its answers quote where that was not done: the page was closed
 * before, say. @returns whether it is there
 */
export async function openStoredChat(id: string): Promise<boolean> {
  const isThere = await openChat(id);
  if (isThere) void findMissingQuotations(id);
  return isThere;
}

async function findMissingQuotations(id: string): Promise<void> {
  for (const message of messagesOf(id))
    if (message.role === "assistant" && message.state.kind !== "streaming" && !message.quotations)
      await findQuotationsOf(id, message.id);
}

/** Looks up what a whole answer quotes in the documents before it. */
export async function findQuotationsOf(conversationId: string, messageId: string): Promise<void> {
  const before = messagesBefore(conversationId, messageId);
  const documents = documentsOf(before);
  const question = before.findLast((message) => message.role === "user");
  const asked = question?.role === "user" && question.asksForQuotes === true;
  if (documents.length === 0) return;
  let answer = "";
  changeAnswer(conversationId, messageId, (message) => {
    answer = message.text;
    return message;
  });
  const searched = documents.map(({ id, range, name }) => ({ id, range, name }));
  // a text that is gone
  const quotations = await callDocuments("findQuotations", [answer, searched]).catch(() => []);
  // Quotation marks may stand for anything where no quotations were asked for.
  const shown = asked ? quotations : quotations.filter(({ found }) => found);
  if (shown.length > 0)
    changeAnswer(conversationId, messageId, (message) => ({ ...message, quotations: shown }));
}
