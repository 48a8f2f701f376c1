import { heldLocks } from "../locks";

/** The lock that a tab holds, shared, while it writes an answer of a chat. */
export const answeringLock = (chatId: string): string => `answering ${chatId}`;

/** Returns whether any tab writes an answer of the chat now. */
export const isAnswered = async (chatId: string): Promise<boolean> =>
  (await heldLocks()).has(answeringLock(chatId));
