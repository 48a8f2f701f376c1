import type { ChatStates } from "./chat-states";
import type { Running } from "./running-model";

/**
 * Makes a chat the one in memory. Called before its reading is written over that of another, which is saved
 * first.
 */
export async function takeUpChat(
  running: Running,
  chatStates: ChatStates | undefined,
  chatId: string | undefined,
): Promise<void> {
  if (running.unsavedChat !== (chatId ?? null)) await saveUnsaved(running, chatStates);
  running.unsavedChat = chatId ?? null;
  running.chatInMemory = running.unsavedChat;
}

/** Saves what is not saved yet. What can not be stored, or not before `signal` aborts, stays unsaved. */
export async function saveUnsaved(
  running: Running | null,
  chatStates: ChatStates | undefined,
  signal?: AbortSignal,
): Promise<void> {
  if (!running?.unsavedChat || !chatStates) return;
  const owner = { ...running.owner, chatId: running.unsavedChat };
  // A state that can not be stored is read again one day; the question that is asked now goes before.
  const isStored = await chatStates.save(running.session, owner, signal).catch(() => false);
  if (isStored) running.unsavedChat = null;
}
