import { expect, inventory, test } from "../support/app";
import { withoutLongTasks } from "../support/trace";

test("no task holds the page up while a model loads or answers", async ({ app, page, browser }) => {
  const tasks = await withoutLongTasks(browser, page, async () => {
    await app.openReady();
    await app.ask(`${inventory} `.repeat(12) + "\n\nWhat is the code of the green crate?");
    const answer = await app.send("Count from 1 to 30.");
    await expect(answer).toContainText("13, 14");
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    await app.closeDialog();
    await app.end(answer);
  });
  expect(tasks.length).toBeGreaterThan(500);
});
