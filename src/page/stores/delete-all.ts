import { forgetDrafts } from "./chat/draft";
import { notify } from "./notices";
import { t } from "../../language/language";

const FLAG = "delete-all";

/**
 * Deletes all that this site keeps in this browser, at the start of the page that comes next: there nothing
 * holds a database open, and nothing is about to be saved again.
 */
export function deleteAll(): void {
  forgetDrafts(); // the page would hand them on to the next
  try {
    localStorage.clear();
    sessionStorage.clear();
    sessionStorage.setItem(FLAG, "asked");
  } catch {
    // Site data is blocked: what there is lies in memory, and goes with the page.
  }
  location.reload();
}

/** Tells whether the page was loaded anew to delete all. */
export function isDeleteAllAsked(): boolean {
  try {
    return sessionStorage.getItem(FLAG) !== null;
  } catch {
    return false; // site data is blocked, so there is none
  }
}

/** Deletes what was asked for. The app's own files stay, so that it goes on working without a network. */
export async function finishDeleteAll(): Promise<void> {
  sessionStorage.removeItem(FLAG);
  try {
    for (const { name } of await indexedDB.databases()) if (name !== undefined) await empty(name);
    notify(t("All models, chats, saved reading and settings were deleted from this browser."));
  } catch (cause) {
    notify(
      t("Not all could be deleted: {reason} The browser’s own settings can clear this site’s data.", {
        reason: cause instanceof Error ? cause.message : String(cause),
      }),
      { tone: "warning", stays: true },
    );
  }
}

/** Empties a database. It stays itself: where another tab has it open, it could not be deleted. */
async function empty(name: string): Promise<void> {
  const opening = indexedDB.open(name);
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error(`“${name}” does not open.`));
  });
  const stores = [...database.objectStoreNames];
  if (stores.length > 0) {
    const transaction = database.transaction(stores, "readwrite");
    for (const store of stores) transaction.objectStore(store).clear();
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error(`“${name}” can not be emptied.`));
    });
  }
  database.close();
}
