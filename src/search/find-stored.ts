import { ConversationStorage } from "../storage/chats/conversations";
import { ChatTexts } from "./chat-texts";
import { findChats } from "./find-chats";
import type { FoundChat } from "./protocol";

/** Finds chats by their texts in this context. Those of one visit are few: they are read for each search. */
export const findStored = async (query: string): Promise<readonly FoundChat[]> =>
  findChats(await new ChatTexts(new ConversationStorage()).all(), query);
