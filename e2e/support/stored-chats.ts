import type { Page } from "@playwright/test";

/** Words to write chats of: enough of them that a search for one finds few places. */
const words =
  "harbour lantern copper window morning river paper engine garden letter mountain silver bridge kitchen".split(
    " ",
  );

/**
 * Stores `nChats` chats of the length that people's chats have, ten questions and answers each, as the page
 * does; one a quarter of an hour, the last one now. The page is to be loaded anew then.
 */
export async function storeChats(page: Page, nChats: number): Promise<void> {
  await page.evaluate(
    async ([nChats, words]) => {
      const opening = indexedDB.open("conversations");
      opening.onupgradeneeded = () => opening.result.createObjectStore("conversations");
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const database = opening.result;
      const text = (seed: number, nWords: number) =>
        Array.from({ length: nWords }, (_, i) => words[(seed * 7 + i * i + 3 * i) % words.length]).join(" ");
      const transaction = database.transaction("conversations", "readwrite");
      const store = transaction.objectStore("conversations");
      const index: Record<string, unknown> = {};
      const now = Date.now();
      for (let n = 0; n < nChats; n++) {
        const id = `chat-${n}`;
        const at = now - n * 15 * 60_000;
        const messages = Array.from({ length: 20 }, (_, i) => {
          const base = { id: `${id}-${i}`, createdAt: at };
          if (i % 2 === 0) return { ...base, role: "user", text: `Question ${i}: ${text(n + i, 20)}?` };
          const figures = {
            promptTokens: 2000,
            reusedTokens: 1500,
            generatedTokens: 50,
            contextUsed: 2050,
            contextLength: 4096,
            prefillMs: 100,
            decodeMs: 1000,
            seed: 7,
          };
          return {
            ...base,
            role: "assistant",
            text: `${text(n * 31 + i, 150)} serial${n}x${i}.`,
            reasoning: "",
            modelName: "Demo",
            state: { kind: "done", finish: "stop" },
            figures,
          };
        });
        const ids = messages.map((message) => message.id);
        const tree = {
          children: Object.fromEntries(ids.map((message, i) => [ids[i - 1] ?? "", [message]])),
          shown: Object.fromEntries(ids.map((message, i) => [ids[i - 1] ?? "", message])),
        };
        const title = n % 30 === 1 ? "The same title" : `Chat ${n} about the ${text(n, 3)}`;
        index[id] = { id, title, createdAt: at, updatedAt: at };
        store.put({ id, title, createdAt: at, updatedAt: at, messages, tree }, `conversation:${id}`);
      }
      store.put(index, "index");
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onerror = reject;
      });
      database.close();
    },
    [nChats, words] as const,
  );
}
