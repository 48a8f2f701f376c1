import { expect, inventory, longQuestion, test } from "../support/app";

test.use({ serviceWorkers: "allow" }); // what goes on without a network is stored by one

test("a first visit chats with the demo model, and goes on without a network", async ({ app, page }) => {
  await test.step("what is asked before the engine is up is answered once the model is there", async () => {
    let start = () => {};
    const isAsked = new Promise<void>((resolve) => (start = resolve));
    await page.route(/engine\.worker/, async (route) => {
      await isAsked;
      await route.continue();
    });
    await app.open();
    const answer = await app.send("Count to 3");
    start();
    await expect(answer).toContainText("1, 2, 3");
    await page.unroute(/engine\.worker/);
  });

  await test.step("the demo model was chosen by itself", async () => {
    await app.isReady();
    await expect(app.modelButton).toHaveAccessibleName("Models: Demo 6M");
  });

  await test.step("a question about a document is answered with its fact", async () => {
    const answer = await app.ask(`${inventory}\n\nWhat is the code of the green crate?`);
    await expect(answer).toContainText("The code of the green crate is 48213.");
    await expect(answer).toContainText("tokens");
  });

  await test.step("a long answer streams, and stops where the person stops it", async () => {
    const before = await app.messages.count();
    await app.box.fill(longQuestion);
    await app.sendButton.dblclick({ delay: 50 }); // the second click falls on Stop
    await expect(app.messages).toHaveCount(before + 2);
    const answer = app.messages.nth(before + 1);
    await expect(answer).toContainText("1, 2, 3");
    const early = await answer.innerText();
    await expect.poll(async () => (await answer.innerText()).length).toBeGreaterThan(early.length);
    await expect(answer).toHaveAttribute("aria-busy", "true");
    await app.stopButton.click();
    await expect(answer).toContainText("Stopped.", { timeout: 1000 }); // at once, whatever the engine is at
    await expect(answer).toHaveAttribute("aria-busy", "false");
    await expect(answer).toContainText("1, 2, 3");
  });

  await test.step("the chat goes on after it", async () => {
    const answer = await app.ask("How much does the red lantern cost?");
    await expect(answer).toContainText("The red lantern costs 17 coins.");
  });

  await test.step("without the server the page comes up with model and chat, and answers", async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await app.server.stop();
    await page.reload();
    await app.isReady();
    await app.chats.getByRole("button", { name: "Count to 3", exact: true }).click();
    await expect(app.messages).toHaveCount(8);
    await expect(app.messages.nth(5)).toContainText("Stopped.");
    const answer = await app.ask("What is the code of the green crate?");
    await expect(answer).toContainText("The code of the green crate is 48213.");
  });
});

test("a page that is killed keeps what it had shown, marked as interrupted", async ({ app, context }) => {
  await app.openReady();
  const answer = await app.send(longQuestion);
  await expect(answer).toContainText("1, 2, 3, 4, 5, 6");
  const shown = (await answer.locator("[data-text]").innerText()).trim();
  await app.page.waitForTimeout(600); // chats are stored every half second

  const killer = await context.newCDPSession(app.page);
  const crashed = app.page.waitForEvent("crash");
  void killer.send("Page.crash").catch(() => undefined); // there is nobody left to answer
  await crashed;

  const page = await context.newPage();
  await page.goto(app.server.origin);
  await page.getByRole("button", { name: longQuestion, exact: true }).click();
  const kept = page.getByRole("log").getByRole("article").nth(1);
  await expect(kept).toContainText(shown);
  await expect(kept).toContainText("so the answer is not whole");
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  await expect(kept.getByRole("button", { name: "Answer again" }).first()).toBeEnabled();
});
