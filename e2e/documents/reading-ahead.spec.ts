import type { Locator } from "@playwright/test";
import { expect, inventory, test, type App } from "../support/app";

const sentence = (n: number) => `On day ${n} the guests of the old hotel asked for a table by the window.`;
const report = (facts: string, nSentences: number) =>
  [facts, ...Array.from({ length: nSentences }, (_, n) => sentence(n + 1))].join("\n");

test("a document is read while its question is written, and again for nobody", async ({ app, page }) => {
  await page.addInitScript(() => {
    localStorage.setItem("settings", JSON.stringify({ state: { contextLength: 1024 }, version: 0 }));
  });
  const attached = page.getByRole("region", { name: "Documents for the next message" });
  await app.openReady();

  await test.step("only the question is read when it is sent", async () => {
    await attach(app, "hotel.txt", report(inventory, 4));
    await app.box.pressSequentially("What is the code");
    await expect(attached).toContainText("Read already:");
    await app.box.pressSequentially(" of the green crate?");
    await app.sendButton.click();
    const answer = app.messages.nth(1);
    await expect(answer).toContainText("48213");
    await expect(answer).toHaveAttribute("aria-busy", "false");
    expect(await newTokensOf(answer)).toBeLessThan(40);
  });

  await test.step("full: a new chat has the document and the question, and reads only what is new", async () => {
    const tooLong = "Once more, how much does the red lantern cost? ".repeat(80);
    const answer = await app.ask(tooLong);
    await answer.getByRole("button", { name: "Start a new chat with the document" }).click();
    await expect(app.messages).toHaveCount(0);
    await expect(app.box).toHaveValue(tooLong);
    await expect(attached.getByRole("listitem", { name: "hotel.txt" })).toContainText(/\d tokens/);
    await expect(attached).toContainText("Read already:");
    const second = await app.ask("How much does the red lantern cost?");
    await expect(second).toContainText("17");
    expect(await newTokensOf(second)).toBeLessThan(40);
  });

  await test.step("reading ahead can be stopped, and goes on from there", async () => {
    await page.getByRole("button", { name: "New chat" }).first().click();
    await attach(app, "long.txt", report("The password for the north gate is ember.", 24));
    const bar = attached.getByRole("progressbar", { name: "Reading the documents" });
    await expect(bar).toHaveAttribute("aria-valuetext", /[1-9]\d* of \d+ tokens/);
    await attached.getByRole("button", { name: "Stop reading" }).click();
    await expect(bar).toHaveCount(0);
    const stopped = await attached.getByText(/^Stopped after \d+ of \d+ tokens/).textContent();
    await attached.getByRole("button", { name: "Read on" }).click();
    // Or it has been read already.
    const begun = bar.and(page.locator('[aria-valuetext*=" of "]:not([aria-valuetext^="0 "])'));
    const progress = begun.or(attached.getByText("Read already:")).first();
    await expect(progress).toBeVisible();
    const readOn = await progress.evaluate((element) => element.getAttribute("aria-valuetext"));
    if (readOn !== null) expect(firstNumber(readOn)).toBeGreaterThanOrEqual(firstNumber(stopped));
    await attached.getByRole("button", { name: "Remove long.txt" }).click();
    await expect(attached).toHaveCount(0);
  });
});

async function attach({ page }: App, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page.getByLabel("Documents", { exact: true }).setInputFiles({ name, mimeType: "text/plain", buffer });
}

async function newTokensOf(answer: Locator): Promise<number> {
  const text = (await answer.textContent()) ?? "";
  const [, reused, total] = /reused ([\d,]+) of ([\d,]+) tokens/.exec(text) ?? [];
  const count = (digits = "") => Number(digits.replaceAll(",", ""));
  return count(total) - count(reused);
}

const firstNumber = (text: string | null) => Number(/\d+/.exec(text ?? "")?.[0]);
