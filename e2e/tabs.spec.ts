import { App, expect, inventory, test } from "./app";

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

  await test.step("what one tab writes, renames and deletes, the other one shows", async () => {
    const answer = await app.send("Count from 1 to 30.");
    await expect(other.messages).toHaveCount(4);
    await expect(other.messages.nth(3)).toContainText("3, 4");
    await expect(other.messages.nth(3)).toHaveAttribute("aria-busy", "true");
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
});
