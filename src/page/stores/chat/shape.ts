import { renamed } from "../../../storage/chats/message-tree";
import { findQuotationsOf } from "../documents/quotations";
import { notify } from "../notices";
import { asWireError } from "../wire-error";
import { discardChat, isAnswering } from "./answer";
import { addChat, addMessage, messagesBefore, readChat, removeMessages, useChat } from "./chat";
import { readInIdleTime } from "./idle-reading";
import { t } from "../../../language/language";

/** Has another text stand beside an answer, as the person writes it; the next question rests on that one. */
export function editAnswer(conversationId: string, messageId: string, text: string): boolean {
  const message = useChat.getState().messages[messageId];
  if (message?.role !== "assistant" || text.trim() === "" || isAnswering()) return false;
  if (text === message.text) return true;
  const { id, role, modelName, reasoning, drawnWith, leftOut, leftOutTokens } = message;
  const questionId = messagesBefore(conversationId, id).at(-1)?.id ?? null;
  const edited = crypto.randomUUID();
  addMessage(
    conversationId,
    {
      id: edited,
      role,
      createdAt: Date.now(),
      text,
      reasoning,
      modelName,
      state: { kind: "done", finish: "stop" },
      figures: null,
      isByHand: true,
      ...(drawnWith && { drawnWith }),
      ...(leftOut && { leftOut }),
      ...(leftOutTokens !== undefined && { leftOutTokens }),
    },
    questionId,
  );
  void findQuotationsOf(conversationId, edited);
  void readInIdleTime(conversationId, edited);
  return true;
}

/** Deletes a question with all that follows it; with the only one there is the chat goes. */
export function deleteQuestion(conversationId: string, messageId: string): void {
  if (isAnswering()) return;
  const first = useChat.getState().trees[conversationId]?.children[""] ?? [];
  if (first.length === 1 && first[0] === messageId) discardChat(conversationId);
  else removeMessages(conversationId, messageId, t("the question and what followed it"));
}

/** Opens a copy of a chat, with all its branches; documents are shared. */
export async function duplicateChat(id: string): Promise<void> {
  try {
    const chat = await readChat(id);
    if (!chat) return;
    const ids = new Map(chat.messages.map((message) => [message.id, crypto.randomUUID() as string]));
    const idOf = (messageId: string) => ids.get(messageId) ?? messageId;
    const now = Date.now();
    const { isArchived: _archived, isPinned: _pinned, ...facts } = chat;
    await addChat({
      ...facts,
      id: crypto.randomUUID(),
      title: t("Copy of {title}", { title: chat.title }),
      titledBy: "person",
      createdAt: now,
      updatedAt: now,
      tree: renamed(chat.tree, idOf),
      messages: chat.messages.map((message) => {
        if (message.role === "user" || !message.leftOut) return { ...message, id: idOf(message.id) };
        return { ...message, id: idOf(message.id), leftOut: message.leftOut.map(idOf) };
      }),
    });
  } catch (cause) {
    notify(asWireError(cause).message, { tone: "warning" });
  }
}
