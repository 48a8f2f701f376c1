import { expect, test } from "../support/app";

// Nightly: src/worker/engine.gpu.test.ts holds the same of the engine each time.
const title = "a token of an earlier answer, and after a reload, tells what could have been drawn";
test(title, { tag: "@nightly" }, async ({ app, page }) => {
  await app.openReady();
  await app.ask("Count to 3");
  await app.ask("Count to 4");
  const tokens = app.log.getByRole("group", { name: "Tokens of the answer" });
  const candidates = app.log.getByRole("table", { name: /^What could have been drawn/ });
  const lookAt = async (message: number, text: string) => {
    await app.messages.nth(message).getByRole("button", { name: "Show token by token" }).click();
    await tokens.getByRole("button", { name: text, exact: true }).click();
    await expect(candidates.getByRole("row", { name: `${text} (drawn)` })).toContainText("100.0 %");
  };
  const encodedAgain = app.log.getByText("Its text was split into tokens again");

  await lookAt(1, "2");
  await expect(encodedAgain).toBeVisible();
  await page.reload();
  await app.isReady();
  await app.chats.getByRole("button", { name: "Count to 3", exact: true }).click();
  await lookAt(3, "4");
  await expect(encodedAgain).toBeVisible();
});
