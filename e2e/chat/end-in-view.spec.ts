import { expect, test } from "../support/app";

test("the end of the conversation stays in view, and who scrolls up stays there", async ({ app, page }) => {
  const log = app.log;
  /** CSS pixels that are below the view. */
  const below = () => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);

  await page.setViewportSize({ width: 1440, height: 900 });
  await app.openReady();

  await test.step("after each of eight short questions, on a desktop and on a phone", async () => {
    for (let turn = 0; turn < 8; turn++) {
      if (turn === 5) await page.setViewportSize({ width: 390, height: 844 });
      const answer = await app.ask(`Count to ${2 + (turn % 3)}`);
      await expect(answer).toBeInViewport();
      await expect.poll(below, `after question ${turn + 1}`).toBeLessThanOrEqual(8);
    }
  });

  await test.step("sending goes to the end from anywhere", async () => {
    await log.evaluate((box) => (box.scrollTop = 0));
    await expect(page.getByRole("button", { name: "To the end" })).toBeVisible();
    await app.ask("Count to 3");
    await expect.poll(below).toBeLessThanOrEqual(8);
  });

  await test.step("scrolling up while an answer comes stays there, to its end", async () => {
    const answer = await app.send("Count from 1 to 30.");
    await expect(answer).toContainText("3");
    await log.hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(below).toBeGreaterThan(200);
    const top = await log.evaluate((box) => box.scrollTop);
    await expect(answer).toContainText("8, 9");
    expect(await log.evaluate((box) => box.scrollTop)).toBe(top);
    await app.end(answer);
    expect(await log.evaluate((box) => box.scrollTop)).toBe(top);
  });

  await test.step("the gauge goes on from what the stopped answer used", async () => {
    const used = await page.getByRole("meter", { name: "Context used" }).getAttribute("aria-valuenow");
    expect(Number(used)).toBeGreaterThan(100);
  });
});
