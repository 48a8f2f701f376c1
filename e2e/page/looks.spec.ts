import { expect, pageLightness, test, type App } from "../support/app";
import { isFit } from "../support/fit";

const wideText = [
  "A_word_without_any_place_to_break_it_which_goes_on_and_on_".repeat(4),
  "https://example.com/" + "a/very/long/path/".repeat(12),
].join("\n");

const looks = [
  { name: "on a phone in the dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  { name: "on a desktop in the light", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
] as const;

test("nothing is cut off or out of reach on a phone in the dark, nor on a desktop in the light", async ({
  app,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await app.openReady();
  for (const { name, viewport, colorScheme } of looks) {
    await test.step(name, async () => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      if (colorScheme === "dark") expect(await pageLightness(page)).toBeLessThan(30);
      else expect(await pageLightness(page)).toBeGreaterThan(90);
      await isFit(page, `first view ${name}`);

      await app.ask("Count to 3");
      await app.end(await app.send(wideText));
      await isFit(page, `chat ${name}`);

      await app.paste("The old hotel by the harbour has a table by the window. ".repeat(100)); // a document
      await expect(page.getByRole("button", { name: "Paste as text" })).toBeInViewport({ ratio: 1 });
      await expect(app.sendButton).toBeInViewport({ ratio: 1 });

      const models = await app.openModels();
      // The notice is still there, and must not lie over the button.
      await models.getByRole("button", { name: "Close" }).click({ trial: true, timeout: 5000 });
      await models.getByRole("article").getByRole("button").first().click(); // the demo is folded
      await expect(models.getByRole("table")).toBeVisible();
      await isFit(page, `models ${name}`);
      await app.closeDialog();
      await isFit(page, `a document ${name}`);

      await app.openSettings();
      await isFit(page, `settings ${name}`);
      await app.closeDialog();

      await page.getByRole("button", { name: "Remove Pasted text" }).click();
      if (viewport.width < 600) await inSidebar(app);
    });
  }
});

async function inSidebar({ page }: App): Promise<void> {
  await page.getByRole("button", { name: "Chats" }).click();
  const sidebar = page.getByRole("dialog", { name: "Chats" });
  await expect(sidebar.getByRole("button", { name: "Count to 3", exact: true })).toBeVisible();
  await isFit(page, "chats on a phone");
  await sidebar.getByRole("button", { name: "New chat" }).click();
  await expect(sidebar).toHaveCount(0);
}
