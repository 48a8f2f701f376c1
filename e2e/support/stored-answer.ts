import type { Page } from "@playwright/test";

/** Writes another text into the first answer that is stored, of the chat of that title if one is given. */
export async function replaceStoredAnswer(page: Page, text: string, title?: string): Promise<void> {
  await page.evaluate(
    async ([text, title]) => {
      const finished = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error(String(request.error)));
        });
      interface Stored {
        title: string;
        messages: { role: string; text: string }[];
      }
      const database = await finished(indexedDB.open("conversations"));
      for (;;) {
        const store = database.transaction("conversations", "readwrite").objectStore("conversations");
        const keys = (await finished(store.getAllKeys())).filter(
          (key) => typeof key === "string" && key.startsWith("conversation:"),
        );
        const chats = await Promise.all(keys.map((key) => finished(store.get(key) as IDBRequest<Stored>)));
        const at = chats.findIndex((chat) => title === undefined || chat.title === title);
        const chat = chats[at];
        const answer = chat?.messages.find(({ role }) => role === "assistant");
        if (!answer) continue; // the page stores within half a second
        answer.text = text;
        await finished(store.put(chat, keys[at]));
        return;
      }
    },
    [text, title] as const,
  );
}
