import type { Page } from "@playwright/test";

/**
 * Stores a chat of one question and one answer, as the page that comes next will find it. The page at hand
 * may be any of the app's origin that does not have the database open.
 */
export async function storeChat(page: Page, title: string, question: string, answer: string): Promise<void> {
  const createdAt = Date.UTC(2026, 10, 30);
  const id = crypto.randomUUID();
  const messages = [
    { id: `${id}-q`, role: "user", createdAt, text: question },
    {
      id: `${id}-a`,
      role: "assistant",
      createdAt,
      text: answer,
      reasoning: "First the question, then what it asks for.",
      thinkingMs: 12_000,
      modelName: "Demo 6M",
      state: { kind: "done", finish: "stop" },
      figures: null,
    },
  ];
  const record = { id, title, createdAt, updatedAt: createdAt, messages };
  await page.evaluate(
    async ([key, value]) => {
      const finished = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error(String(request.error)));
        });
      const opening = indexedDB.open("conversations");
      opening.onupgradeneeded = () => opening.result.createObjectStore("conversations");
      const database = await finished(opening);
      const store = database.transaction("conversations", "readwrite").objectStore("conversations");
      await finished(store.put(value, key));
      database.close();
    },
    [`conversation:${id}`, record] as const,
  );
}
