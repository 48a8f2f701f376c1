import { test, type Locator, type Page } from "@playwright/test";
import { App, expect, inventory } from "../support/app";
import { startChromium } from "../support/killable-browser";
import { savedStates } from "../support/saved-states";
import { startApp } from "../support/server";

const question = `${inventory} What is the code of the green crate?`;

test("what was read of a chat is there after a reload and a kill in mid-save; a damaged part is told and read anew", async () => {
  const server = await startApp();
  let browser = await startChromium();
  const restart = async () => {
    browser = await browser.killAndRestart();
    const app = new App(browser.page, server);
    await app.openReady();
    await app.chats
      .getByRole("button", { name: /The code of the green crate/ })
      .first()
      .click();
    await expect(app.messages.first()).toBeVisible();
    return app;
  };
  try {
    let app = new App(browser.page, server);
    await app.openReady();
    await expect(await app.ask(question)).toContainText("48213");
    await expect.poll(() => savedStates(browser.page)).toBe(1);

    await test.step("after a kill, only the new question is read", async () => {
      app = await restart();
      const { reused, total } = await figuresOf(await app.ask("Thanks."));
      expect(total - reused).toBeLessThan(25);
      expect(reused).toBeGreaterThan(30);
    });

    await test.step("killed while it saves, the chat goes on from the last whole state", async () => {
      app = await restart(); // the answer has just ended: it is being read again and saved
      const { reused } = await figuresOf(await app.ask("Thanks."));
      expect(reused).toBeGreaterThan(30);
    });

    await test.step("with a byte flipped in each part, it says so and answers", async () => {
      await expect.poll(() => savedStates(browser.page)).toBeGreaterThan(0);
      await browser.page.getByRole("button", { name: "New chat" }).click();
      await expect(app.messages).toHaveCount(0);
      await app.ask("Count to 3"); // takes the memory
      await flipParts(browser.page);
      await app.chats
        .getByRole("button", { name: /The code of the green crate/ })
        .first()
        .click();
      await expect(app.messages).toHaveCount(6);
      const answer = await app.ask(question);
      await expect(answer).toContainText("48213");
      await expect(answer).toContainText("is not as it was written");
    });
  } finally {
    await browser.close();
    await server.stop();
  }
});

async function figuresOf(answer: Locator): Promise<{ reused: number; total: number }> {
  const text = (await answer.textContent()) ?? "";
  const [, reused, total] = /reused ([\d,]+) of ([\d,]+) tokens/.exec(text) ?? [];
  const count = (digits = "0") => Number(digits.replaceAll(",", ""));
  return { reused: count(reused), total: count(total) };
}

const flipParts = (page: Page) =>
  page.evaluate(async () => {
    const opening = indexedDB.open("saved-states");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const database = opening.result;
    const range = IDBKeyRange.bound(["part"], ["part", []]);
    const store = () => database.transaction("states", "readwrite").objectStore("states");
    const keys = store().getAllKeys(range);
    await new Promise((resolve) => (keys.onsuccess = resolve));
    for (const key of keys.result) {
      const reading = store().get(key) as IDBRequest<Blob>;
      await new Promise((resolve) => (reading.onsuccess = resolve));
      const bytes = new Uint8Array(await reading.result.arrayBuffer());
      bytes[bytes.length >> 1]! ^= 1;
      const writing = store().put(new Blob([bytes]), key);
      await new Promise((resolve) => (writing.onsuccess = resolve));
    }
    database.close();
  });
