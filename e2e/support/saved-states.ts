import type { Page } from "@playwright/test";

/** Whole states in storage. */
export const savedStates = (page: Page) =>
  page.evaluate(async () => {
    // Opening one that is not there would make it, without what the app puts into it.
    const databases = await indexedDB.databases();
    if (!databases.some(({ name }) => name === "saved-states")) return 0;
    const opening = indexedDB.open("saved-states");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const database = opening.result;
    const counting = database
      .transaction("states")
      .objectStore("states")
      .count(IDBKeyRange.bound(["state"], ["state", []]));
    await new Promise((resolve) => (counting.onsuccess = resolve));
    database.close();
    return counting.result;
  });
