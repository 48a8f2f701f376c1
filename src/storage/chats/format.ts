import { StorageError } from "../../ground/errors";
import { isNumber } from "../../ground/record-checks";
import { t } from "../../language/language";

/**
 * The format in which this version stores chats. Raise it only where an older app would damage what it does
 * not know: new optional fields need no other format. Stores of before it was written down have none. 2:
 * chats have presets and settings of their own, which an older app would drop with the next message.
 */
export const FORMAT = 2;

/** The key beside the index and the records. */
export const FORMAT_KEY = "format";

export const isNewer = (stored: unknown): boolean => isNumber(stored) && stored > FORMAT;

/** @throws StorageError  where a newer version of the app has stored the chats */
export function checkFormat(stored: unknown): void {
  if (isNewer(stored)) throw newerError();
}

export const newerError = (): StorageError =>
  new StorageError("storage", t("The chats here were stored by a newer version of this app."), {
    hint: t("Reload the page to get that version. Nothing was changed."),
  });
