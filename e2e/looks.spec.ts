import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { expect, pageLightness, test, type App } from "./app";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const wideText = [
  "A_word_without_any_place_to_break_it_which_goes_on_and_on_".repeat(4),
  "https://example.com/" + "a/very/long/path/".repeat(12),
].join("\n");

for (const { name, viewport, colorScheme } of [
  { name: "on a phone in the dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  { name: "on a desktop in the light", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
] as const) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme });

    test(`nothing is cut off or out of reach ${name}`, async ({ app, page }) => {
      await app.openReady();
      if (colorScheme === "dark") expect(await pageLightness(page)).toBeLessThan(30);
      else expect(await pageLightness(page)).toBeGreaterThan(90);
      await isFit(page, "first view");

      await app.ask("Count to 3");
      await app.send(wideText);
      await app.stopButton.click();
      await isFit(page, "chat");

      const models = await app.openModels();
      await models.getByRole("article").getByRole("button").first().scrollIntoViewIfNeeded();
      await expect(models.getByRole("table")).toBeVisible();
      await isFit(page, "models");
      await app.closeDialog();

      await app.openSettings();
      await isFit(page, "settings");
      await app.closeDialog();

      if (viewport.width < 600) await inSidebar(app);
    });
  });
}

async function inSidebar({ page }: App): Promise<void> {
  await page.getByRole("button", { name: "Chats" }).click();
  const sidebar = page.getByRole("dialog", { name: "Chats" });
  await expect(sidebar.getByRole("button", { name: "Count to 3", exact: true })).toBeVisible();
  await isFit(page, "chats");
  await sidebar.getByRole("button", { name: "New chat" }).click();
  await expect(sidebar).toHaveCount(0);
}

/** The view is no wider than the window, and axe finds nothing serious in it. */
async function isFit(page: Page, view: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  const overhang = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overhang, `${view}: pixels wider than the window`).toBe(0);

  // Not as a script element: the page's policy allows none but its own.
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  expect(passes.length, `${view}: rules that axe could check`).toBeGreaterThan(10);
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  expect(serious, `${view}: serious findings of axe`).toEqual([]);
}
