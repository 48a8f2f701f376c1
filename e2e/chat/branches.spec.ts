import { expect, inventory, longQuestion, test } from "../support/app";

test("a chat branches, keeps its branches, and asks what to do when it is full", async ({ app, page }) => {
  // Short enough to be full after a few questions.
  await page.addInitScript(() => {
    localStorage.setItem("settings", JSON.stringify({ state: { contextLength: 256 }, version: 0 }));
  });
  await app.openReady();
  const [question, answer] = [app.messages.nth(0), app.messages.nth(1)];
  const versions = page.getByRole("group", { name: "Versions" });
  const previous = page.getByRole("button", { name: "Previous version" });

  await test.step("an edited question stands beside the old one", async () => {
    await app.ask(`${inventory} What is the code of the green crate?`);
    await expect(answer).toContainText("48213");
    await page.getByRole("button", { name: "Edit message" }).click();
    const editor = page.getByRole("textbox", { name: "Edit the message" });
    await expect(editor).toBeFocused();
    await editor.fill(`${inventory} How much does the red lantern cost?`);
    await page.keyboard.press("Enter");
    await expect(answer).toContainText("17");
    await expect(answer).toHaveAttribute("aria-busy", "false");
    await expect(versions.getByText("Version 2 of 2")).toBeAttached();
  });

  await test.step("walking back shows the old question with its answer, the focus where it was", async () => {
    await previous.focus();
    await page.keyboard.press("Enter");
    await expect(question).toContainText("What is the code");
    await expect(answer).toContainText("48213");
    await expect(previous).toBeFocused();
    await expect(versions.getByText("Version 1 of 2")).toBeAttached();
  });

  await test.step("a new answer stands beside the old one", async () => {
    await answer.getByRole("button", { name: "Answer again" }).click();
    await expect(answer.getByText("Version 2 of 2")).toBeAttached();
    await expect(answer).toHaveAttribute("aria-busy", "false");
  });

  await test.step("the context by part", async () => {
    await page.getByRole("button", { name: /of 256 context/ }).click();
    const rows = page.getByRole("dialog", { name: "Context by part" }).getByRole("row");
    await expect(rows).toHaveCount(5);
    const tokens = await rows.getByRole("cell").allTextContents();
    const counts = tokens.filter((text) => !text.includes("%")).map(Number);
    expect(counts[2]).toBeGreaterThan(30); // the chat
    expect(counts.reduce((sum, n) => sum + n)).toBe(256);
    await page.keyboard.press("Escape");
  });

  await test.step("after a reload the branches are there, and the one shown is", async () => {
    await page.reload();
    await app.isReady();
    await app.chats.getByRole("listitem").getByRole("button").first().click();
    await expect(question).toContainText("What is the code");
    await expect(answer.getByText("Version 2 of 2")).toBeAttached();
    await page.getByRole("button", { name: "Next version" }).first().click();
    await expect(answer).toContainText("17");
  });

  await test.step("full while it answers: the oldest turn is left out, said so, and the answer goes on", async () => {
    const full = await app.ask(longQuestion);
    await expect(full).toContainText("The context is full: 256 tokens");
    await expect(full.getByRole("button", { name: "Start a new chat" })).toBeVisible();
    const before = await full.locator("[data-text]").textContent();
    await full.getByRole("button", { name: /^Leave out the oldest turn \(\d+ tokens\) and go on$/ }).click();
    await expect(full).toContainText(/the oldest turn \(\d+ tokens\) is no longer read/);
    await expect(full).toHaveAttribute("aria-busy", "false");
    const after = await full.locator("[data-text]").textContent();
    expect(after!.startsWith(before!.trim())).toBe(true);
    expect(after!.length).toBeGreaterThan(before!.length);
    await expect(app.log.getByText("Left out: the model no longer reads this.")).toHaveCount(2);
  });
});
