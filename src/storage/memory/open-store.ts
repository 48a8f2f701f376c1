import { StoreFailure } from "../../ground/errors";
import { createStore, type UseStore } from "idb-keyval";
import { storeInMemory } from "./in-memory";

/**
 * A store of IndexedDB. Where the browser refuses to store anything, as with site data blocked, it lies in
 * this context's memory instead, and is gone with it.
 *
 * Its uses throw StoreFailure where the browser's storage fails.
 */
export function openStore(databaseName: string, storeName: string): UseStore {
  const store = createStore(databaseName, storeName);
  return async (mode, callback) => {
    try {
      return await store(mode, callback);
    } catch (cause) {
      if (!mayBeRefusal(cause) || !(await isRefused()))
        throw cause instanceof DOMException ? new StoreFailure(cause) : cause;
      await storeInMemory();
      // It opens its database at each use until one was opened: now in memory.
      return store(mode, callback);
    }
  };
}

/**
 * A refusal has many names: SecurityError where site data is blocked, InvalidStateError in older private
 * windows, UnknownError in Chromium, and TypeError or ReferenceError where there is no IndexedDB.
 */
const names = /^(Security|InvalidState|NotAllowed|Unknown|Type|Reference)Error$/;
const mayBeRefusal = (cause: unknown) => cause instanceof Error && names.test(cause.name);

/** Tells a refusal from a damaged database: then another one can be opened. */
function isRefused(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open("is-open");
      opening.onerror = () => resolve(true);
      opening.onsuccess = () => {
        opening.result.close();
        indexedDB.deleteDatabase("is-open");
        resolve(false);
      };
    } catch {
      resolve(true);
    }
  });
}
