import { mkdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { mirrored } from "../../src/language/made";
import { zh } from "../../src/language/zh";
import { expect, test, type App } from "../support/app";
import { isClean, settle } from "../support/fit";
import { layoutFaults } from "../support/layout-faults";
import { storeChat } from "../support/stored-chat";

/** A folder for a picture of every screen: PICTURES=folder. */
const pictures = process.env["PICTURES"];

const sizes = [
  [390, 844],
  [1024, 768],
  [1440, 900],
] as const;

type Say = (sentence: keyof typeof zh) => string;

/** Opens one screen after another, with the names that its language gives them. */
async function walk(page: Page, app: App, say: Say, look: (screen: string) => Promise<void>): Promise<void> {
  const button = (sentence: keyof typeof zh) =>
    page.getByRole("button", { name: say(sentence), exact: true });
  const close = async () => {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  };
  await look("empty chat");
  await page.getByRole("button", { name: "A circle and its area", exact: true }).click();
  await expect(app.log.locator("pre").first()).toBeVisible();
  await look("chat");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("palette");
  await close();
  await page.keyboard.press("Control+/");
  await expect(page.getByRole("dialog", { name: say("Keyboard shortcuts") })).toBeVisible();
  await look("shortcuts");
  await close();

  await button("Inspect").click();
  for (const tab of ["Memory", "State", "Time", "Engine"] as const) {
    await page.getByRole("tab", { name: say(tab), exact: true }).click();
    await look(`inspect ${tab.toLowerCase()}`);
  }
  await button("Close the panel").click();

  const note = "The old hotel by the harbour.\nIt has a table by the window.\n";
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from(note) });
  await page.getByRole("button", { name: "note.txt", exact: true }).click();
  await expect(page.getByRole("complementary").last()).toBeVisible();
  await look("document");
  await page.keyboard.press("Escape");

  await button("Settings").click();
  await expect(page.getByRole("dialog", { name: say("Settings") })).toBeVisible();
  await look("settings");
  await close();
  await button("Export and import chats").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("carry");
  await close();

  for (const hash of ["lab", "bench"]) {
    await page.evaluate((to) => (location.hash = to), hash);
    await expect(
      page.getByRole("heading", { level: 1, name: say(hash === "lab" ? "Lab" : "Bench") }),
    ).toBeVisible();
    await look(hash);
  }
  await page.evaluate(() => (location.hash = ""));

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill(say("Models").slice(0, 12));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: say("Models") })).toBeVisible();
  await look("models");
  await button("Storage").click();
  await expect(page.getByRole("dialog", { name: say("Storage") })).toBeVisible();
  await look("storage");
  await close();
}

const languages = [
  { tag: "ar-XB", direction: "rtl", say: mirrored, path: "/?language=ar-XB" },
  { tag: "zh-CN", direction: "ltr", say: (sentence: keyof typeof zh) => zh[sentence] as string, path: "/" },
] as const;

for (const { tag, direction, say, path } of languages)
  test(
    `every screen fits in ${tag} at three sizes, and nothing is cut off`,
    { tag: "@nightly" },
    async ({ app, page }) => {
      test.slow();
      await page.setViewportSize({ width: 1440, height: 900 });
      await app.open("/favicon.svg");
      await page.evaluate(() =>
        localStorage.setItem("settings", JSON.stringify({ state: { language: "zh" }, version: 0 })),
      );
      await storeChat(
        page,
        "A circle and its area",
        "What does it take?",
        "See:\n\n```python\narea = 3\n```",
      );
      await app.open(path);
      await expect(page.locator("html")).toHaveAttribute("dir", direction);
      await expect(page.locator("html")).toHaveAttribute("lang", new RegExp(`^${tag}`));
      await expect(page.getByText(say("Ready"), { exact: true })).toBeVisible({ timeout: 0 });
      if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
      await walk(page, app, say, async (screen) => {
        for (const [width, height] of sizes) {
          await page.setViewportSize({ width, height });
          await settle(page);
          const view = `${screen}, ${width} px`;
          if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${tag} ${view}.png` });
          await isClean(page, view);
          expect.soft(await layoutFaults(page), view).toEqual([]);
        }
      });
    },
  );
