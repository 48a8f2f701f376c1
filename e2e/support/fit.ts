import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { expect } from "./app";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * The view is no wider than the window, and axe finds nothing in it. A picture of it is kept in
 * test-results/.
 */
export async function isFit(page: Page, view: string): Promise<void> {
  await settle(page);
  await page.screenshot({ path: test.info().outputPath(`${view}.png`) });
  await isClean(page, view);
}

/** Waits until nothing moves any more. */
export async function settle(page: Page): Promise<void> {
  // One that is cancelled, as where its element goes, is over too; its promise rejects.
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/**
 * The view is no wider than the window, and axe finds nothing in it, however small.
 *
 * @param rules  those of axe that are checked: "all", or those that another theme can break
 */
export async function isClean(page: Page, view: string, rules: "all" | "colours" = "all"): Promise<void> {
  const overhang = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overhang, `${view}: pixels wider than the window`).toBe(0);

  // Not as a script element: the page's policy allows none but its own.
  await page.evaluate(axe);
  const options = rules === "colours" ? { runOnly: colourRules } : {};
  const { violations, passes } = await page.evaluate(
    (options) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(options),
    options,
  );
  expect(passes.length, `${view}: rules that axe could check`).toBeGreaterThan(rules === "colours" ? 0 : 10);
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
  );
  expect.soft(found, `${view}: findings of axe`).toEqual([]);
}
