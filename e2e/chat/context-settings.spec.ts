import type { Locator } from "@playwright/test";
import { expect, inventory, test, type App } from "../support/app";
import { savedStates } from "../support/saved-states";

test("8 bits for the context, and YaRN, change its memory and length; what was read otherwise is read anew and says why", async ({
  app,
  page,
}) => {
  await page.addInitScript(() => {
    localStorage.setItem("settings", JSON.stringify({ state: { contextLength: 1024 }, version: 0 }));
  });
  const gauge = page.getByRole("meter", { name: "Context used" });
  await app.openReady();
  await expect(await app.ask(`${inventory} What is the code of the green crate?`)).toContainText("48213");
  await expect.poll(() => savedStates(page)).toBe(1);
  let bytes8 = 0;

  await test.step("8 bits take about half the memory of 16", async () => {
    const settings = await app.openSettings();
    const kv = settings.getByLabel("Memory of the context");
    await expect(kv.getByRole("option").first()).toHaveText("Automatic (16 bits)");
    const bytes16 = await cacheBytes(settings);
    await kv.selectOption("8 bits");
    await expect.poll(() => cacheBytes(settings)).toBeLessThan(0.6 * bytes16);
    bytes8 = await cacheBytes(settings);
    expect(bytes8).toBeGreaterThan(0.5 * bytes16);
    await expect(settings.getByText(waits)).toHaveCount(1);
    await leaveSettings(app);
  });

  await test.step("what was read in 16 bits is refused, with the reason, and read anew", async () => {
    const answer = await app.ask("How much does the red lantern cost?");
    await expect(answer).toContainText("17");
    await expect(answer).toContainText("(keys and values: f16, now q8), so it is read again");
    await expect(answer).not.toContainText("reused");
    await expect(gauge).toHaveAttribute("aria-valuetext", /^[1-9]\d* of 1,024 tokens$/);
    await expect.poll(() => savedStates(page)).toBe(2);
  });

  await test.step("YaRN doubles the longest context", async () => {
    const settings = await app.openSettings();
    await settings.getByLabel("Past the model's own context").selectOption("2");
    await settings.getByLabel("Context length").selectOption("16384");
    await expect.poll(async () => Math.round((await cacheBytes(settings)) / bytes8)).toBe(16);
    await expect(settings.getByText(waits)).toHaveCount(2);
    await leaveSettings(app);
    const answer = await app.ask("What is the code of the green crate?");
    await expect(answer).toContainText("48213");
    await expect(answer).toContainText("(rotation: as the model's own, now stretched 2 times)");
    await expect(answer).not.toContainText("reused");
    await expect(gauge).toHaveAttribute("aria-valuetext", /^[1-9]\d* of 16,384 tokens$/);
  });
});

const waits = "The model is loaded again for this when you close the settings.";

/**
 * Closes the settings, and waits for the model to be loaded as they are now: "Ready" alone may be of before.
 */
async function leaveSettings(app: App): Promise<void> {
  await app.closeDialog();
  const settings = await app.openSettings();
  await expect(settings.getByText(waits)).toHaveCount(0);
  await app.closeDialog();
  await app.isReady();
}

/** The bytes of keys and values that the settings show; 0 while they show none. */
async function cacheBytes(settings: Locator): Promise<number> {
  const text = await settings.getByText(/of which the context takes/).textContent();
  const [, figure, unit] = /takes ([\d.]+)\s(kB|MB)/.exec(text ?? "") ?? [];
  return Number(figure ?? 0) * (unit === "MB" ? 1e6 : 1e3);
}
