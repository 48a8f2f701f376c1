import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { Browser } from "puppeteer-core";
import { inventory, longQuestion } from "../support/app";
import { FirefoxApp, startFirefox } from "../support/firefox";
import { startApp, type TestServer } from "../support/server";

let browser: Browser;
let server: TestServer;

test.beforeAll(async () => {
  [browser, server] = await Promise.all([startFirefox(), startApp()]);
});

test.afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

test("Firefox does the main job @nightly", async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const app = new FirefoxApp(page, server.origin);

  await test.step("the demo model loads, and answers with the fact it was given", async () => {
    await app.open();
    await app.isReady();
    const answer = await app.ask(`${inventory}\n\nWhat is the code of the green crate?`);
    expect(answer).toContain("The code of the green crate is 48213.");
  });

  await test.step("a document is attached, and asked about", async () => {
    await app.pressFirst("New chat");
    const path = test.info().outputPath("inventory.txt");
    writeFileSync(path, inventory);
    const input = (await page.$('input[type="file"][aria-label="Documents"]'))!;
    await (input as Awaited<ReturnType<typeof page.$<"input">>>)!.uploadFile(path);
    await page.waitForSelector("::-p-text(inventory.txt)");
    expect(await app.ask("How much does the red lantern cost?")).toContain("The red lantern costs 17 coins.");
  });

  await test.step("Stop ends an answer at once, and keeps what was there", async () => {
    const stopped = app.pressWhen("Stop", "1, 2, 3, 4");
    const answer = await app.send(longQuestion);
    await stopped;
    const text = async () => (await app.messages())[answer]!.text;
    await expect.poll(text, { timeout: 2000 }).toContain("Stopped.");
    expect(await text()).toContain("1, 2, 3, 4");
  });

  await test.step("without the server the page comes up with model and chat, and answers", async () => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await server.stop();
    await page.reload({ waitUntil: "domcontentloaded" });
    await app.isReady();
    await app.pressFirst("How much does the red lantern cost?");
    await expect.poll(async () => (await app.messages()).length).toBe(4);
    expect(await app.ask("How much does the red lantern cost?")).toContain("The red lantern costs 17 coins.");
  });

  expect(errors).toEqual([]);
});
