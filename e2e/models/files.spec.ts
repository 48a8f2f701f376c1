import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { makeModel } from "../../src/testing/models/make-model";
import { encodeHeader } from "../../src/testing/models/make-model-gguf";
import { expect, inventory, test } from "../support/app";

const demo = readFileSync("public/models/demo/demo.gguf");
const withWrongMagic = Buffer.from(demo);
withWrongMagic.write("GGML", 0);

const broken: readonly {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly says: RegExp;
}[] = [
  { name: "cut-short.gguf", bytes: demo.subarray(0, 3_000_000), says: /3,?000,?000/ },
  { name: "cut-in-header.gguf", bytes: demo.subarray(0, 500), says: /108 tensors .* 476 bytes left/ },
  { name: "wrong-magic.gguf", bytes: withWrongMagic, says: /starts with/ },
  {
    name: "page.gguf",
    bytes: Buffer.from("<!doctype html><title>Sign in</title><p>Please sign in to download.</p>"),
    says: /a web page \(“Sign in”\)/,
  },
  { name: "empty.gguf", bytes: new Uint8Array(), says: /is empty: it has 0 bytes/ },
  {
    name: "llama.gguf",
    bytes: encodeHeader([["general.architecture", { text: "llama" }]], []),
    says: /llama/,
  },
];

test("a broken file is refused in words, and leaves nothing behind", async ({ app, page }) => {
  await app.openReady();
  const before = await app.storedRecords();
  const models = await app.openModels();
  for (const { name, bytes, says } of broken) {
    await test.step(name, async () => {
      await pickFile(page, name, bytes);
      // Where the file was picked, and nowhere else in the dialog.
      const alert = models.getByRole("alert");
      await expect(models.getByRole("region", { name: "Add a model" }).getByRole("alert")).toHaveCount(1);
      await expect(alert).toContainText(says);
      // A title, what happened, and what to do.
      expect((await alert.locator("p").allInnerTexts()).filter((text) => text.trim() !== "")).toHaveLength(3);
      await alert.getByRole("button", { name: "Dismiss" }).click();
      await expect(alert).toHaveCount(0);
    });
  }
  await expect(storedModels(models)).toHaveCount(1);
  expect(await app.storedRecords()).toEqual(before);

  await app.closeDialog();
  await app.isReady();
  const answer = await app.ask(`${inventory}\n\nHow much does the red lantern cost?`);
  await expect(answer).toContainText("17 coins");
});

test("a file that the person picks is stored, loaded, chatted with and deleted", async ({ app, page }) => {
  await app.openReady();
  const before = await app.storedRecords();
  const models = await app.openModels();
  const nano = makeModel({ config: "nano", quant: "MIX", seed: 7 });
  await pickFile(page, "nano.gguf", nano);
  const card = models.getByRole("article", { name: "random nano" });
  await expect(card).toContainText("in use");
  await expect(card).toContainText("from a file");
  await expect(storedModels(models)).toHaveCount(2);
  await app.closeDialog();
  await expect(app.modelButton).toHaveAccessibleName("Models: random nano");

  await test.step("it answers, as wildly as random weights do", async () => {
    const answer = await app.send("Hello");
    await expect(answer).toHaveAccessibleName("random nano");
    await expect(answer.locator("[data-text]")).toContainText(/\S/);
    await app.end(answer);
  });

  await test.step("the next visit comes up with it", async () => {
    await page.reload();
    await app.isReady();
    await expect(app.modelButton).toHaveAccessibleName("Models: random nano");
  });

  await test.step("the header's menu changes the model, by keyboard too", async () => {
    const here = page.getByRole("menuitemradio");
    await app.modelButton.press("Enter");
    await expect(here).toHaveText([/^random nano[\d.]+\sMB$/, /^Demo 6M[\d.]+\sMB$/]);
    await expect(here.first()).toBeChecked();
    await expect(here.first()).toBeFocused(); // it is, a moment after the menu opened
    await page.keyboard.press("ArrowDown");
    await expect(here.last()).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(app.modelButton).toHaveAccessibleName("Models: Demo 6M");
    await app.isReady();
    await app.modelButton.click();
    await here.filter({ hasText: "random nano" }).click();
    await expect(app.modelButton).toHaveAccessibleName("Models: random nano");
    await app.isReady();
  });

  await test.step("deleted, it is gone, and the chat is not", async () => {
    await app.openModels();
    await card.getByRole("button", { name: "Delete random nano" }).click();
    const question = page.getByRole("alertdialog", { name: "Delete random nano?" });
    await question.getByRole("button", { name: "Delete the model" }).click();
    await expect(card).toHaveCount(0);
    await expect.poll(async () => (await app.storedRecords())["models/models"]).toBe(before["models/models"]);
    await app.closeDialog();
    await expect(page.getByText("No model is loaded.")).toBeVisible();
    await expect(app.chats.getByRole("button", { name: "Hello", exact: true })).toBeVisible();
  });

  await test.step("another stored model is loaded from the panel", async () => {
    await page.getByRole("button", { name: "Choose a model", exact: true }).click();
    await models.getByRole("button", { name: /^Demo 6M/ }).click();
    await expect(models.getByRole("table")).toContainText("Weights");
    await models.getByRole("button", { name: "Load this model" }).click();
    await expect(models.getByRole("article", { name: "Demo 6M" })).toContainText("in use");
    await app.closeDialog();
    await app.isReady();
  });

  await test.step("one that is deleted while it loads is gone, and no error is left of it", async () => {
    await page.reload();
    await app.openModels();
    await expect(storedModels(models)).toHaveCount(1);
    await models.getByRole("button", { name: "Delete Demo 6M" }).click();
    await expect(page.getByText("Ready", { exact: true })).toHaveCount(0);
    await page.getByRole("button", { name: "Delete the model" }).click();
    await expect(storedModels(models)).toHaveCount(0);
    await app.closeDialog();
    await expect(page.getByText("No model is loaded.")).toBeVisible();
    expect((await app.storedRecords())["models/models"]).toBe(0);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
});

const storedModels = (models: Locator) =>
  models.getByRole("region", { name: "Stored models" }).getByRole("article");

async function pickFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Pick a file…" }).click();
  const chooser = await choosing;
  await chooser.setFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });
}
