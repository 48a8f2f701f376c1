import type { Page } from "@playwright/test";
import { expect, pageLightness, test } from "../support/app";

test("chats are listed, opened, renamed, answered anew, deleted and brought back", async ({ app, page }) => {
  await app.openReady();
  await app.ask("Count to 3");
  await page.getByRole("button", { name: "New chat" }).click();
  await expect(app.messages).toHaveCount(0);
  await app.ask("Count to 4");
  const titles = app.chats.getByRole("listitem");
  await expect(titles).toHaveText(["Count to 4", "Count to 3"]);

  await test.step("open and rename", async () => {
    await app.chats.getByRole("button", { name: "Count to 3", exact: true }).click();
    await expect(app.messages.nth(1)).toContainText("1, 2, 3");
    await app.chats.getByRole("button", { name: "Options for “Count to 3”" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "Name of the chat" }).fill("Numbers");
    await page.keyboard.press("Enter");
    await expect(titles).toHaveText(["Count to 4", "Numbers"]);
    await expect(page.getByRole("heading", { name: "Numbers" })).toBeVisible();
  });

  await test.step("answer again, by the seed of the answer there is", async () => {
    await app.messages.nth(1).getByRole("button", { name: "More for this answer" }).click();
    await page.getByRole("menuitem", { name: "Again with this seed" }).click();
    await expect(app.messages.nth(1).getByText("Version 2 of 2")).toBeAttached();
    await expect(app.messages.nth(1)).toHaveAttribute("aria-busy", "false");
    await expect(app.messages.nth(1)).toContainText("1, 2, 3");
    await expect(app.messages).toHaveCount(2);
  });

  await test.step("what is not sent yet stays with its chat", async () => {
    const open = (title: string) => app.chats.getByRole("button", { name: title, exact: true }).click();
    await app.box.fill("half a question");
    await open("Count to 4");
    await expect(app.box).toHaveValue("");
    await app.box.fill("another");
    await page.evaluate(() => (location.hash = "lab"));
    await expect(app.box).toHaveCount(0);
    await page.goBack();
    await expect(app.box).toHaveValue("another");
    await app.box.fill("");
    await open("Numbers");
    await expect(app.box).toHaveValue("half a question");
  });

  await test.step("delete, undo, delete for good", async () => {
    const remove = async () => {
      await app.chats.getByRole("button", { name: "Options for “Numbers”" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await expect(titles).toHaveText(["Count to 4"]);
    };
    await remove();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(titles).toHaveText(["Numbers", "Count to 4"]);
    await expect(app.messages.nth(1)).toContainText("1, 2, 3");
    await remove();
    await expect(app.messages).toHaveCount(0);
  });

  await test.step("a reload comes back to the chat that was open, and Back to the one before", async () => {
    await app.chats.getByRole("button", { name: "Count to 4", exact: true }).click();
    await expect(app.messages.nth(1)).toContainText("1, 2, 3, 4");
    await page.reload();
    await expect(app.messages.nth(1)).toContainText("1, 2, 3, 4");
    await expect(page.getByRole("heading", { name: "Count to 4" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("heading", { name: "A language model of your own" })).toBeVisible();
  });

  await test.step("the list is as it was after a reload, and so is what is not sent yet", async () => {
    await app.box.fill("a new question");
    await page.reload();
    await expect(titles).toHaveText(["Count to 4"]);
    await expect(app.box).toHaveValue("a new question");
    await app.chats.getByRole("button", { name: "Count to 4", exact: true }).click();
    await expect(app.messages.nth(1)).toContainText("1, 2, 3, 4");
  });
});

test("settings are kept, and the next answer follows them", async ({ app, page }) => {
  await app.openReady();
  const settings = await app.openSettings();
  const systemPrompt = settings.getByRole("textbox", { name: "System prompt" });
  await systemPrompt.fill("The code of the green crate is 48213.");
  await settings.getByRole("slider", { name: "Temperature" }).press("ArrowRight");
  await settings.getByRole("spinbutton", { name: "Seed" }).fill("7");
  await settings.getByRole("combobox", { name: "Longest answer" }).selectOption("64 tokens");
  await settings.getByText("Dark", { exact: true }).click();
  await app.closeDialog();
  const answer = await app.ask("Count from 1 to 30.");
  await expect(answer).toContainText("Ended at the limit of 64 new tokens");

  await page.reload();
  await expect.poll(() => pageLightness(page)).toBeLessThan(30);
  await app.isReady();
  await app.openSettings();
  await expect(systemPrompt).toHaveValue("The code of the green crate is 48213.");
  await expect(settings.getByRole("slider", { name: "Temperature" })).toHaveValue("0.05");
  await expect(settings.getByRole("spinbutton", { name: "Seed" })).toHaveValue("7");
  await expect(settings.getByRole("combobox", { name: "Longest answer" })).toHaveValue("64");
  await expect(settings.getByRole("radio", { name: "Dark" })).toBeChecked();

  await test.step("another context length reloads the model with it", async () => {
    await settings.getByRole("combobox", { name: "Context length" }).selectOption("1,024");
    // Its cache then has 16 bits for a number, which is another reason.
    await expect(settings.getByText("The model is loaded again for this when you close")).not.toHaveCount(0);
    await app.closeDialog();
    await app.isReady();
    await expect(page.getByRole("meter", { name: "Context used" })).toHaveAttribute(
      "aria-valuetext",
      /of 1,024 tokens/,
    );
  });

  await test.step("a chat longer than the context is refused in words", async () => {
    const tooLong = await app.ask("one two three four five six seven eight nine ten. ".repeat(150));
    const alert = tooLong.getByRole("alert");
    await expect(alert).toContainText("the context holds 1,024");
    await expect(alert.getByRole("button", { name: "Start a new chat" })).toBeVisible();
    await expect(alert.getByRole("button", { name: "Choose a longer context" })).toBeVisible();
  });
});

test("the keyboard alone is enough", async ({ app, page }) => {
  await app.openReady();
  await expect(app.box).toBeFocused();
  await page.keyboard.type("The code of the green crate is 48213.");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("What is the code of the green crate?");
  await page.keyboard.press("Enter");
  const answer = app.messages.nth(1);
  await expect(answer).toHaveAttribute("aria-busy", "false");
  await expect(answer).toContainText("48213");
  await expect(app.messages.first()).toContainText("48213.\nWhat");
  await expect(app.box).toBeFocused();

  await test.step("stop with Escape", async () => {
    await page.keyboard.type("Count from 1 to 30.");
    await page.keyboard.press("Enter");
    await expect(app.messages.nth(3)).toContainText("1, 2");
    await page.keyboard.press("Tab"); // away from the box
    await expect(app.box).not.toBeFocused();
    await page.keyboard.press("Escape");
    await expect(app.messages.nth(3)).toContainText("Stopped.");
    await expect(app.box).toBeFocused();
  });

  await test.step("go on, and stop again: the focus is in the message box, where the keyboard goes on", async () => {
    await page.getByRole("button", { name: "Go on" }).focus();
    await page.keyboard.press("Enter");
    await expect(app.box).toBeFocused();
    await page.getByRole("button", { name: "Stop", exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(app.messages.nth(3)).toHaveAttribute("aria-busy", "false");
    await expect(app.box).toBeFocused();
  });

  await test.step("open and leave the settings", async () => {
    await tabTo(page, "Settings", "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Settings", exact: true })).toBeFocused();
  });

  await test.step("rename and delete a chat", async () => {
    await tabTo(page, "Find a chat", "Shift+Tab");
    await page.keyboard.press("Tab"); // the list is one stop
    await expect(app.chats.getByRole("button", { name: /^The code/ })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("Enter");
    const name = page.getByRole("textbox", { name: "Name of the chat" });
    await expect(name).toBeFocused();
    await page.keyboard.type("Numbers");
    await page.keyboard.press("Enter");
    await expect(app.chats.getByRole("listitem")).toHaveText(["Numbers"]);
    await expect(app.chats.getByRole("button", { name: "Numbers", exact: true })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("button", { name: "Options for “Numbers”" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(app.chats.getByRole("listitem")).toHaveCount(0);
    await expect(app.messages).toHaveCount(0);
  });

  await test.step("skip to the message box", async () => {
    await page.getByRole("link", { name: "Skip to the message box" }).focus();
    await page.keyboard.press("Enter");
    await expect(app.box).toBeFocused();
  });
});

/** Presses `key` until the focus is on the element whose label begins with `name`. */
async function tabTo(page: Page, name: string, key: "Tab" | "Shift+Tab"): Promise<void> {
  const labelOfFocus = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
    });
  for (let presses = 0; presses < 60; presses++) {
    if ((await labelOfFocus()).startsWith(name)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`60 × ${key} did not reach “${name}”.`);
}
