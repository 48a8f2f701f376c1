import type { Page } from "@playwright/test";
import { expect, test } from "../support/app";

interface Request {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly sampling: { readonly temperature: number; readonly topK: number };
}

/** The requests for answers that the page has sent to its worker since it was loaded. */
const requests = (page: Page) =>
  page.evaluate(() => (window as unknown as { requests: readonly Request[] }).requests);

/** A folder for pictures of the settings, where they are wanted. */
const pictures = process.env["PICTURES"];

test("a chat's answers follow its preset, and its own settings over that; both stay with it", async ({
  app,
  page,
}) => {
  await page.addInitScript(() => {
    const sent: unknown[] = [];
    Object.assign(window, { requests: sent });
    const post = Object.getOwnPropertyDescriptor(Worker.prototype, "postMessage")!.value as (
      this: Worker,
      message: unknown,
      ...rest: unknown[]
    ) => void;
    Worker.prototype.postMessage = function (
      this: Worker,
      message: { name?: string; args?: unknown[] },
      ...rest: unknown[]
    ) {
      if (message.name === "generate") sent.push(message.args?.[0]);
      post.call(this, message, ...rest);
    } as Worker["postMessage"];
  });
  const chip = page.getByRole("button", { name: /^Preset of this chat/ });
  const settings = page.getByRole("dialog", { name: "Settings" });
  const temperature = settings.getByRole("spinbutton", { name: "Temperature" });
  const take = async (name: string) => {
    if (pictures) await page.screenshot({ path: `${pictures}/presets-${name}.png` });
  };
  await app.openReady();

  await test.step("a preset is made, and a number out of its range is refused in words", async () => {
    await chip.click();
    await page.getByRole("menuitem", { name: "Presets…" }).click();
    await settings.getByRole("button", { name: "New preset" }).click();
    await settings.getByRole("textbox", { name: "Name of the preset" }).fill("Keeper");
    await settings
      .getByRole("textbox", { name: "System prompt" })
      .fill("The code of the green crate is 48213.");
    await temperature.fill("9");
    await expect(settings.getByRole("alert")).toHaveText("A number from 0 to 2. It stays at 0.");
    await temperature.fill("0.35");
    await expect(settings.getByRole("alert")).toHaveCount(0);
    await expect(settings.getByRole("button", { name: "Reset: Temperature" })).toBeVisible();
    await take("preset");
    await settings.getByRole("button", { name: "Use in the new chat" }).click();
    await app.closeDialog();
    await expect(chip).toHaveText("Keeper");
  });

  await test.step("the next prompt carries its instructions and its sampling", async () => {
    const answer = await app.send("What is the code of the green crate?");
    await app.end(answer);
    const [first] = await requests(page);
    expect(first!.messages[0]).toEqual({ role: "system", content: "The code of the green crate is 48213." });
    expect(first!.sampling).toMatchObject({ temperature: 0.35, topK: 0 });
  });

  await test.step("the chat's own value goes before the preset's, and is taken back by its reset", async () => {
    await chip.click();
    await page.getByRole("menuitem", { name: "Settings of this chat…" }).click();
    await expect(settings.getByText("from “Keeper”").first()).toBeVisible();
    await temperature.fill("0");
    await settings.getByRole("spinbutton", { name: "Top-k" }).fill("7");
    await take("chat");
    await settings.getByRole("button", { name: "Reset: Top-k" }).click();
    await expect(settings.getByRole("spinbutton", { name: "Top-k" })).toHaveValue("0");
    await app.closeDialog();
    await expect(chip).toHaveText("Keeper · own settings");
    await expect(await app.ask("What is the code of the green crate?")).toContainText("48213");
    const last = (await requests(page)).at(-1)!;
    expect(last.messages[0]!.content).toBe("The code of the green crate is 48213.");
    expect(last.sampling).toMatchObject({ temperature: 0, topK: 0 });
  });

  await test.step("a reload keeps both", async () => {
    await page.reload();
    await expect(chip).toHaveText("Keeper · own settings");
    await app.isReady();
    await chip.click();
    await page.getByRole("menuitem", { name: "Settings of this chat…" }).click();
    await expect(temperature).toHaveValue("0");
  });

  await test.step("a search leaves what it finds", async () => {
    await settings.getByRole("searchbox", { name: "Find a setting" }).fill("likeliest");
    await expect(settings.getByRole("slider")).toHaveCount(4);
    await expect(settings.getByRole("heading", { name: "Data" })).toBeHidden();
    await take("search");
    await settings.getByRole("searchbox", { name: "Find a setting" }).fill("zebra");
    await expect(settings.getByText("No setting has these words.")).toBeVisible();
    await settings.getByRole("searchbox", { name: "Find a setting" }).fill("");
  });

  await test.step("a preset that is deleted comes back", async () => {
    await settings.getByRole("combobox", { name: "Settings for" }).selectOption("Keeper");
    await settings.getByRole("button", { name: "Delete", exact: true }).click();
    await app.closeDialog();
    await expect(chip).toHaveText("Keeper (deleted) · own settings");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(chip).toHaveText("Keeper · own settings");
  });
});
