import { CarryError } from "../ground/errors";
import { counted, formatBytes, formatRoundBytes } from "../ground/figures";
import { t, type Sentence } from "../language/language";

/** A browser holds about 500 MB in one string; a heavy user's export of years has some 200 MB. */
export const MOST_JSON_BYTES = 400e6;
/** More than the page could draw; people's longest chats have some thousand. */
export const MOST_MESSAGES = 10_000;
/** The text of one chat: several times the longest context. */
export const MOST_CHARACTERS = 20e6;
/** Chats of one file. */
export const MOST_CHATS = 50_000;

export function checkJsonSize(name: string, bytes: number): void {
  if (bytes <= MOST_JSON_BYTES) return;
  throw new CarryError(
    t("“{name}” has {size} of text; {most} can be taken in at most.", {
      name,
      size: formatBytes(bytes),
      most: formatRoundBytes(MOST_JSON_BYTES),
    }),
    { hint: t("Export a part of the chats, and take the parts in one after another.") },
  );
}

/** Why a chat is too large to be taken in; `null` when it is not. */
export function whyTooLarge(nMessages: number, nCharacters: number): Sentence | null {
  if (nMessages > MOST_MESSAGES)
    return t("It has {messages}; {messages2} can be taken in at most.", {
      messages: counted(nMessages, "message"),
      messages2: counted(MOST_MESSAGES, "message"),
    });
  if (nCharacters > MOST_CHARACTERS)
    return t("It has {characters}; {characters2} can be taken in at most.", {
      characters: counted(nCharacters, "character"),
      characters2: counted(MOST_CHARACTERS, "character"),
    });
  return null;
}
