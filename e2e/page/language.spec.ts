import { zh } from "../../src/language/zh";
import { expect, test } from "../support/app";
import { storeChat } from "../support/stored-chat";

test.use({ serviceWorkers: "allow", locale: "zh-CN" });

test("the page speaks the browser's language, and another when asked, without a network too", async ({
  app,
  page,
}) => {
  const html = page.locator("html");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const speak = async (settings: string, language: string, option: string) => {
    await button(settings).click();
    await page.getByRole("dialog", { name: settings }).getByLabel(language).selectOption(option);
  };
  await app.open("/favicon.svg");
  await storeChat(page, "Lanterns", "What does it take?", "A lantern takes oil.");
  await page.route("**/models/demo/demo.gguf", () => undefined); // never answered: no model is needed here

  await app.open();
  await expect(html).toHaveAttribute("lang", "zh-CN");
  await button("Lanterns").click();
  await page.getByRole("textbox", { name: zh.Message }).fill("Half a question");

  await speak(zh.Settings, zh.Language, "English");
  await expect(html).toHaveAttribute("lang", /^en/);
  await page.keyboard.press("Escape");
  await expect(app.messages).toHaveCount(2);
  await expect(app.box).toHaveValue("Half a question");

  await page.reload();
  await expect(html).toHaveAttribute("lang", /^en/);
  await expect(app.messages).toHaveCount(2);
  await speak("Settings", "Language", "简体中文");
  await expect(page.getByRole("dialog", { name: zh.Settings })).toBeVisible();

  await page.evaluate(() => navigator.serviceWorker.ready);
  await app.server.stop();
  await page.reload();
  await expect(html).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("textbox", { name: zh.Message })).toHaveValue("Half a question");
  await expect(app.messages).toHaveCount(2);
});
