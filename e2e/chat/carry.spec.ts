import { readFileSync, writeFileSync } from "node:fs";
import type { Download, Page } from "@playwright/test";
import { expect, test, type App } from "../support/app";
import { isFit } from "../support/fit";
import { storeChats } from "../support/stored-chats";

const saved = async (page: Page, click: () => Promise<void>): Promise<Download> => {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return download;
};

const textOf = async (download: Download) => readFileSync(await download.path(), "utf8");

const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Export and import" });

const openDialog = async ({ page }: App) => {
  await page.getByRole("button", { name: "Export and import chats" }).click();
  return dialogOf(page);
};

const take = async (page: Page, name: string, content: Buffer | string) => {
  // By its path: what is given as bytes comes in through the page's main thread, 8 s of it for 30 MB.
  const path = test.info().outputPath(name);
  writeFileSync(path, content);
  await page.getByLabel("Files with chats").setInputFiles(path);
  await dialogOf(page).getByRole("button", { name: "Import the chats" }).click();
  return dialogOf(page).getByRole("status");
};

test(
  "chats are exported, deleted and taken in again, the same; so are other programs' files",
  { tag: "@nightly" },
  async ({ app, page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await app.openWithoutModel();
    await storeChats(page, 3);
    await page.reload();
    const rows = app.chats.getByRole("listitem");
    await expect(rows).toHaveCount(3);

    await openDialog(app);
    const all = dialogOf(page).getByRole("button", { name: "JSON, with everything" });
    const before = await textOf(await saved(page, () => all.click()));
    const backup = await saved(page, () =>
      dialogOf(page).getByRole("button", { name: "Save a backup" }).click(),
    );
    await app.closeDialog();

    await rows.first().getByRole("button").first().focus();
    for (const left of [2, 1, 0]) {
      await page.keyboard.press("Delete");
      await expect(rows).toHaveCount(left);
    }
    await openDialog(app);
    await expect(await take(page, "chats.json", before)).toContainText("3 chats came in.");
    await dialogOf(page).getByRole("button", { name: "Done" }).click();
    await expect(rows).toHaveCount(3);
    await openDialog(app);
    expect(await textOf(await saved(page, () => all.click()))).toBe(before);

    const again = await take(page, "backup.zip", readFileSync(await backup.path()));
    await expect(again).toContainText("3 chats had been here already");
    await dialogOf(page).getByRole("button", { name: "Done" }).click();

    const node = (id: string, parent: string | null, children: string[], role: string, text: string) => ({
      id,
      parent,
      children,
      message: { author: { role }, content: { content_type: "text", parts: [text] } },
    });
    const mapping = {
      q: node("q", null, ["a"], "user", "How much is the lantern?"),
      a: node("a", "q", [], "assistant", "It costs 17 coins."),
    };
    const chats = [{ title: "From elsewhere", create_time: 1_700_000_000, current_node: "a", mapping }];
    await page.getByLabel("Documents", { exact: true }).setInputFiles({
      name: "conversations.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(chats)),
    });
    await expect(dialogOf(page)).toContainText("1 chat, from ChatGPT.");
    await page.keyboard.press("Enter"); // the button to import has the focus
    await expect(dialogOf(page)).toContainText("1 chat came in.");
    await dialogOf(page).getByRole("button", { name: "Open “From elsewhere”" }).click();
    await expect(app.messages).toHaveText([/How much is the lantern\?/, /It costs 17 coins\./]);
  },
);

test(
  "a thousand chats come in while the page stays quick, and the dialogs are fit to see",
  { tag: "@nightly" },
  async ({ app, page }) => {
    await app.openWithoutModel();
    await storeChats(page, 1000);
    await page.reload();
    await openDialog(app);
    await isFit(page, "export and import");
    const all = dialogOf(page).getByRole("button", { name: "JSON, with everything" });
    const text = await textOf(await saved(page, () => all.click()));
    // Under other ids they are other chats.
    const others = text.replaceAll('"chat-', '"copy-');
    await page.evaluate(() => {
      const times = { last: performance.now(), longest: 0 };
      Object.assign(globalThis, { times });
      setInterval(() => {
        times.longest = Math.max(times.longest, performance.now() - times.last - 10);
        times.last = performance.now();
      }, 10);
    });
    await expect(await take(page, "chats.json", others)).toContainText("1,000 chats came in.");
    const { longest } = await page.evaluate(
      () => (globalThis as unknown as { times: { longest: number } }).times,
    );
    console.log(`longest gap while a thousand chats came in: ${longest.toFixed(0)} ms`);
    expect(longest).toBeLessThan(500);
    await isFit(page, "report of an import");
    await page.emulateMedia({ colorScheme: "dark" });
    await isFit(page, "report of an import in the dark");
    await page.setViewportSize({ width: 390, height: 844 });
    await isFit(page, "report of an import on a phone");
  },
);

test("a chat is printed whole, in light colours", { tag: "@nightly" }, async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await app.openWithoutModel();
  await storeChats(page, 2);
  await page.reload();
  await app.chats
    .getByRole("button", { name: /^Chat 0/ })
    .first()
    .click();
  await expect(app.messages).toHaveCount(20);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const isWhole = await page.evaluate(() => {
    const log = document.querySelector('[role="log"]')!;
    return log.scrollHeight <= log.clientHeight + 1 && document.documentElement.scrollHeight > innerHeight;
  });
  expect(isWhole).toBe(true);
  // At once, as the print takes it: no transition leads there.
  const background = await page.locator("main").evaluate((main) => getComputedStyle(main).backgroundColor);
  expect(background).toMatch(/^oklch\(1 0 0\)|rgb\(255, 255, 255\)/);
  await expect(app.box).toBeHidden();
  await expect(app.chats).toBeHidden();
  const pdf = await page.pdf({ path: test.info().outputPath("chat.pdf") });
  // Ten questions and answers do not stand on one page.
  expect((pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length).toBeGreaterThan(2);
});
