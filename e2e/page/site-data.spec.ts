import { expect, test } from "../support/app";

test.use({ serviceWorkers: "block" }); // it would answer for the workers' scripts before the test can

/** Refuses in a page or worker what a browser refuses that blocks site data. */
const refuse = `{
  const refused = () => new DOMException("Access is denied for this document.", "SecurityError");
  for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches"])
    Object.defineProperty(self, name, { configurable: true, get() { throw refused(); } });
  for (const [owner, names] of [
    [self.LockManager?.prototype, ["request", "query"]],
    [self.StorageManager?.prototype, ["estimate", "persist", "persisted"]],
  ])
    for (const name of names) owner[name] = () => Promise.reject(refused());
}`;

test("with site data blocked the demo runs from memory, documents and chats too, and the page says so", async ({
  app,
  page,
}) => {
  await page.addInitScript(refuse);
  await page.route(/\.worker-.*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${refuse}\n${await response.text()}` });
  });
  await app.open();
  const note = page.getByRole("note").filter({ hasText: "Site data is blocked" });
  await expect(note).toContainText("chats and models last until this page is closed");
  const heading = page.getByRole("heading", { name: "A language model of your own" });
  const topBefore = await heading.evaluate((element) => element.getBoundingClientRect().top);

  await test.step("a software adapter is told at once, with what to do, and hidden by a click", async () => {
    const software = page.getByRole("note").filter({ hasText: "No graphics card is in use" });
    await expect(software).toContainText("a 0.8B model takes seconds a token");
    await software.getByRole("button", { name: "What to do" }).click();
    await expect(page.getByRole("dialog", { name: "What to do" })).toContainText("graphics acceleration");
    await page.keyboard.press("Escape");
    await software.getByRole("button", { name: "Hide this note" }).click();
    await expect(software).toHaveCount(0);
  });

  await app.isReady();
  expect(await heading.evaluate((element) => element.getBoundingClientRect().top)).toBe(topBefore);

  const lowWindows = async () => {
    for (const [width, height] of [
      [844, 390],
      [720, 450],
      [1024, 640],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect
        .poll(async () => (await app.log.boundingBox())!.height, { message: `${width} × ${height}` })
        .toBeGreaterThan((height * 2) / 3);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  };
  await note.getByRole("button", { name: "Hide this note" }).click();

  await test.step("the example with a document attaches one, and its question is answered", async () => {
    await page.getByRole("button", { name: /^Try it with a document/ }).click();
    const attached = page.getByRole("region", { name: "Documents for the next message" });
    await expect(attached.getByRole("listitem")).toContainText(/\d tokens/);
    await expect(app.box).toHaveValue("How much does the red lantern cost?");
    await lowWindows();
    await app.sendButton.click();
    await expect(app.messages.nth(1)).toContainText("418");
    await expect(app.messages.nth(1)).toHaveAttribute("aria-busy", "false");
  });

  await test.step("a low window keeps two thirds of its height for the chat, with five documents too", async () => {
    await lowWindows();
    const texts = ["one", "two", "three", "four", "five"].map((name) => ({
      name: `${name} of the letters.txt`,
      mimeType: "text/plain",
      buffer: Buffer.from(`The letter ${name} is about lanterns.\n`),
    }));
    await page.getByLabel("Documents", { exact: true }).setInputFiles(texts);
    const attached = page.getByRole("region", { name: "Documents for the next message" });
    await expect(attached.getByRole("listitem").filter({ hasText: /\d tokens/ })).toHaveCount(5);
    await lowWindows();
  });

  await test.step("a chat is there for the visit", async () => {
    await page.getByRole("button", { name: "New chat" }).first().click();
    await expect(app.messages).toHaveCount(0);
    await app.chats.getByRole("button", { name: "How much does the red lantern cost?", exact: true }).click();
    await expect(app.messages).toHaveCount(2);
  });
});
