import { App, expect, inventory, test } from "../support/app";

test("one tab has the model; another shows the same chats, and can take the model over", async ({
  app,
  context,
}) => {
  await app.openReady();
  await app.ask(`${inventory}\n\nWhat is the code of the green crate?`);

  const other = new App(await context.newPage(), app.server);
  await other.open();
  const useHere = other.page.getByRole("button", { name: "Use it here" });
  await expect(useHere).toBeVisible();
  await other.chats.getByRole("button", { name: /^The code of the green crate/ }).click();
  await expect(other.messages.nth(1)).toContainText("48213");
  await other.box.fill("And the lantern?");
  await other.page.keyboard.press("Enter");
  await expect(other.box).toHaveValue("And the lantern?");
  await expect(other.messages).toHaveCount(2);

  await test.step("what one tab writes or renames, the other one shows, in the middle of an answer too", async () => {
    const answer = await app.send("Count from 1 to 30.");
    await expect(other.messages).toHaveCount(4);
    await expect(other.messages.nth(3)).toContainText("3, 4");
    await expect(other.messages.nth(3)).toHaveAttribute("aria-busy", "true");
    await other.chats.getByRole("button", { name: /^Options for/ }).click();
    await other.page.getByRole("menuitem", { name: "Rename" }).click();
    await other.page.getByRole("textbox", { name: "Name of the chat" }).fill("Two tabs");
    await other.page.keyboard.press("Enter");
    await expect(app.chats.getByRole("button", { name: "Two tabs", exact: true })).toBeVisible();
    await app.end(answer);
    await expect(other.messages.nth(3)).toHaveAttribute("aria-busy", "false");
    await expect
      .poll(async () => (await other.messages.nth(3).innerText()) === (await answer.innerText()))
      .toBe(true);
  });

  await test.step("the other tab takes over, in the middle of an answer", async () => {
    const answer = await app.send("Count from 1 to 30.");
    await expect(answer).toContainText("1, 2");
    await useHere.click();
    await expect(app.page.getByRole("button", { name: "Use it here" })).toBeVisible();
    await expect(answer).toHaveAttribute("aria-busy", "false");
    await other.isReady();
    await expect(other.messages.nth(5)).toContainText("1, 2");
    await expect(await other.ask("What does the red lantern cost?")).toContainText("17");
    await expect(app.messages).toHaveCount(8);
    await expect(app.messages.nth(7)).toContainText("17");
  });

  await test.step("a chat that one tab deletes goes from the other, answer and all", async () => {
    await other.send("Count from 1 to 30.");
    await app.chats.getByRole("button", { name: /^Options for/ }).click();
    await app.page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(other.messages).toHaveCount(0);
    await expect(other.chats.getByRole("button", { name: "Two tabs", exact: true })).toHaveCount(0);
    await other.page.reload();
    await expect(other.page.getByRole("button", { name: "New chat" }).first()).toBeVisible();
    await expect(other.chats.getByRole("button", { name: "Two tabs", exact: true })).toHaveCount(0);
  });

  await test.step("when the tab that has the model is closed, the other one loads it", async () => {
    await other.isReady();
    await expect(app.page.getByRole("button", { name: "Use it here" })).toBeVisible();
    await other.page.close();
    await app.isReady();
  });
});
