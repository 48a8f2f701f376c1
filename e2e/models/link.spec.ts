import type { BrowserContext } from "@playwright/test";
import { makeModel } from "../../src/testing/models/make-model";
import { expect, test } from "../support/app";
import { startModelServer } from "../support/server";

const linkTo = (url: string) => `/?model=${encodeURIComponent(url)}`;

test("a model link asks before it downloads, and takes no for an answer", async ({ app, page, context }) => {
  const demoBytes = 6_408_576;
  const models = await startModelServer({ "linked.gguf": "public/models/demo/demo.gguf" });
  const requests = requestsTo(context, models.origin);
  await app.open(linkTo(models.url("linked.gguf")));

  const dialog = page.getByRole("alertdialog", { name: "Load the model from this link?" });
  await expect(dialog).toContainText(new URL(models.origin).host);
  await expect(dialog).toContainText("linked.gguf");
  await expect(dialog).toContainText("6.41 MB");
  const asked = [...requests];
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(demoBytes / 2);

  await dialog.getByRole("button", { name: "No, thanks" }).click();
  await app.isReady();
  await expect(app.modelButton).toHaveAccessibleName("Models: Demo 6M");
  await expect(page).toHaveURL(`${app.server.origin}/`);
  expect(requests).toEqual(asked);
  const panel = await app.openModels();
  await expect(panel.getByRole("article")).toHaveCount(1);
  await expect(panel.getByRole("article")).toContainText("comes with the app");
  await models.stop();
});

test("a model link that the person accepts is downloaded, loaded and kept", async ({ app, page }) => {
  const nano = makeModel({ config: "nano", quant: "Q8_0", seed: 7 });
  const models = await startModelServer({ "nano.gguf": nano });
  await app.open(linkTo(models.url("nano.gguf")));
  await page.getByRole("button", { name: "Download and use it" }).click();
  await app.isReady();
  await expect(app.modelButton).toHaveAccessibleName("Models: random nano");
  await expect(page).toHaveURL(`${app.server.origin}/`);
  const panel = await app.openModels();
  await expect(panel.getByRole("article")).toHaveCount(1);
  await expect(panel.getByRole("article")).toContainText(new URL(models.origin).host);

  await models.stop();
  await page.reload();
  await app.isReady();
  await expect(app.modelButton).toHaveAccessibleName("Models: random nano");
});

const unusable = [
  ["http on another host", "http://models.example/x.gguf", "over http"],
  ["a program", "javascript:alert(1)", "javascript:"],
  ["a data URL", "data:application/octet-stream,GGUF", "data:"],
  ["a local file", "file:///etc/passwd", "file:"],
  ["a password in it", "https://user:secret@models.example/x.gguf", "password"],
  ["no address", "model.gguf", "not a complete address"],
] as const;

test("a model link that leads nowhere safe is refused, and nothing is asked for", async ({
  app,
  page,
  context,
}) => {
  const elsewhere: string[] = [];
  context.on("request", (request) => {
    if (!request.url().startsWith(app.server.origin)) elsewhere.push(request.url());
  });
  for (const [what, url, says] of unusable) {
    await test.step(what, async () => {
      await app.open(linkTo(url));
      const dialog = page.getByRole("alertdialog", { name: "This link can not be used" });
      await expect(dialog).toContainText(says);
      await expect(dialog.getByRole("button")).toHaveText(["Close"]);
      expect(elsewhere).toEqual([]);
    });
  }
});

test("a model link to nothing says so, and the page goes on with its own model", async ({ app, page }) => {
  const models = await startModelServer({ "page.gguf": Buffer.from("<!doctype html><p>Sign in</p>") });
  await test.step("a web page in place of the file", async () => {
    await app.open(linkTo(models.url("page.gguf")));
    const alert = page.getByRole("alertdialog").getByRole("alert");
    await expect(alert).toContainText(/web page|starts with/);
  });
  await test.step("no such file", async () => {
    await app.open(linkTo(models.url("missing.gguf")));
    const dialog = page.getByRole("alertdialog");
    await expect(dialog.getByRole("alert")).toContainText("has no file “missing.gguf” (status 404)");
    await expect(dialog.getByRole("alert")).toContainText("Check the address.");
    await dialog.getByRole("button", { name: "Close" }).click();
  });
  await app.isReady();
  await expect(app.modelButton).toHaveAccessibleName("Models: Demo 6M");
  await models.stop();
});

/** The bytes that each request to `origin` asked for, as they are made: Infinity for a whole file. */
function requestsTo(context: BrowserContext, origin: string): number[] {
  const asked: number[] = [];
  context.on("request", (request) => {
    if (!request.url().startsWith(origin)) return;
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers()["range"] ?? "");
    asked.push(range ? Number(range[2]) - Number(range[1]) + 1 : Infinity);
  });
  return asked;
}
