import { expect, test } from "../support/app";

test("the bench page begins to measure the loaded model, and stops", async ({ app, page }) => {
  await app.open("/#bench");
  const measure = page.getByRole("button", { name: /^Measure ./ });
  await expect(measure).toBeEnabled();
  await measure.click();
  await expect(page.getByRole("status").first()).toHaveText(/…$/);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(measure).toBeEnabled();
  await page.getByRole("link", { name: "Back to the chat" }).click();
  await app.isReady();
});
