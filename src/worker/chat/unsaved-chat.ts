import type { KeptChats } from "./kept-chats";
import type { Running } from "./running-model";

/** Before a chat's reading is written over by another's. */
export async function takeUpChat(
  running: Running,
  keptChats: KeptChats | undefined,
  chatId: string | undefined,
): Promise<void> {
  if (running.unsavedChat !== (chatId ?? null)) await saveUnsaved(running, keptChats);
  running.unsavedChat = chatId ?? null;
  running.chatInMemory = running.unsavedChat;
}

/** What can not be stored, or not before `signal` aborts, stays unsaved. */
export async function saveUnsaved(
  running: Running | null,
  keptChats: KeptChats | undefined,
  signal?: AbortSignal,
): Promise<void> {
  if (!running?.unsavedChat || !keptChats) return;
  const owner = { ...running.owner, chatId: running.unsavedChat };
  // What can not be stored is read again one day; what is asked for now goes before.
  const isSaved = await keptChats.save(running.session, owner, signal).catch(() => false);
  if (isSaved) running.unsavedChat = null;
}
