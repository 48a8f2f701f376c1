import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { hubApi } from "../../src/testing/hub/hub-api";
import { HubServer } from "../../src/testing/hub/hub-server";
import { makeModel, makeShards } from "../../src/testing/models/make-model";
import { encodeHeader } from "../../src/testing/models/make-model-gguf";
import { expect, test, type App } from "../support/app";

// One type, not the mix its name stands for: half as many kernels to compile.
const nano = makeModel({ config: "nano", quant: "Q4_K", seed: 7 });
const shards = makeShards({ config: "nano", quant: "F16", seed: 7 }, 2);
const files = {
  "nano-Q4_K_M.gguf": nano,
  "F16/nano-F16-00001-of-00002.gguf": shards[0]!,
  "F16/nano-F16-00002-of-00002.gguf": shards[1]!,
  "nano-IQ4_KSS.gguf": encodeHeader([["general.architecture", { text: "qwen35" }]], []),
  "mmproj-F16.gguf": encodeHeader([["general.architecture", { text: "clip" }]], []),
};

let hub: HubServer;
test.beforeEach(async () => {
  hub = await HubServer.start();
  hub.api = hubApi({ pageEntries: 2 });
  hub.commit("owner/nano-GGUF", files);
});
test.afterEach(() => hub.stop());

test("a repository's models are listed, explained, and one is downloaded and chatted with", async ({
  app,
  page,
}) => {
  await app.openWithoutModel();
  await useHub(app, page);
  const models = await app.openModels();
  await lookUp(page, "owner/nano-GGUF");
  const offer = models.getByRole("region", { name: "Models of owner/nano-GGUF" });
  const rows = offer.getByRole("listitem");
  await expect(rows.first()).toContainText(/Q4_K_M .*recommended here4-bit, the usual choice: /);
  await expect(rows.first().getByLabel("GPU memory, about, by length of context")).toContainText(/4K\d+/);
  await expect(
    offer.getByText("Its numbers are IQ4_KSS, which this app does not run. Take Q4_K_M instead."),
  ).toBeVisible();
  await offer.getByText("Files that are no models of their own (1)").click();
  await expect(offer.getByText("The part that looks at images.")).toBeVisible();

  await offer.getByRole("button", { name: "Download Q4_K_M" }).click();
  const card = models.getByRole("article", { name: "random nano" });
  await expect(card).toContainText("in use");
  await expect(card).toContainText("owner/nano-GGUF on 127.0.0.1");
  await expect(offer.getByRole("button", { name: "Q4_K_M is stored" })).toBeDisabled();
  await expect(rows.first()).toContainText("random nano is stored and in use.");
  await app.closeDialog();
  const answer = await app.send("Hello");
  await expect(answer.locator("[data-text]")).toContainText(/\S/);
  await app.end(answer);

  await test.step("and works without the hub at the next visit", async () => {
    await hub.stop();
    await page.reload();
    await app.isReady();
    await expect(app.modelButton).toHaveAccessibleName("Models: random nano");
    hub = await HubServer.start(); // for afterEach
  });
});

test("a split model is one model, found by the link of one of its files", async ({ app, page }) => {
  await app.openWithoutModel();
  await useHub(app, page);
  const models = await app.openModels();
  await lookUp(page, hub.url("owner/nano-GGUF", "F16/nano-F16-00002-of-00002.gguf"));
  const offer = models.getByRole("region", { name: "Models of owner/nano-GGUF" });
  await expect(offer.getByRole("listitem").first()).toContainText(/^F16 .*asked for/);
  await offer.getByRole("button", { name: "Download F16" }).click();
  const card = models.getByRole("article", { name: "random nano" });
  await expect(card).toContainText("in use");
  await page.reload();
  await app.isReady();
  await expect(app.modelButton).toHaveAccessibleName("Models: random nano");
});

test("a repository that changed is offered as an update, beside what is stored", async ({ app, page }) => {
  await app.openWithoutModel();
  await useHub(app, page);
  const models = await app.openModels();
  await lookUp(page, "owner/nano-GGUF:Q4_K_M");
  await models.getByRole("button", { name: "Download Q4_K_M" }).click();
  const card = models.getByRole("article", { name: "random nano" });
  await expect(card).toContainText("in use");
  await card.getByRole("button", { name: /^random nano/ }).click();
  await card.getByRole("button", { name: "Look for a newer version" }).click();
  await expect(card.getByText("the newest of “main”")).toBeVisible();

  hub.commit("owner/nano-GGUF", {
    "nano-Q4_K_M.gguf": makeModel({ config: "nano", quant: "Q4_K", seed: 8 }),
  });
  await card.getByRole("button", { name: "Look for a newer version" }).click();
  await card.getByRole("button", { name: /^Download the newer one \(1\.07\sMB\)/ }).click();
  await expect(card).toHaveCount(2);
});

test("a gated repository asks for a token, which goes to the hub alone", async ({ app, page }) => {
  hub.gates.set("owner/nano-GGUF", { token: "hf_secret", acceptedBy: true });
  await app.openWithoutModel();
  await useHub(app, page);
  const models = await app.openModels();
  await lookUp(page, "owner/nano-GGUF");
  await expect(models.getByRole("alert")).toContainText("access token");
  await app.closeDialog();

  const settings = await app.openSettings();
  await settings.getByRole("textbox", { name: "Access token" }).fill("hf_secret");
  await settings.getByRole("button", { name: "Keep the token" }).click();
  await expect(settings.getByRole("button", { name: "Forget it" })).toBeVisible();
  await expect(settings.getByRole("textbox", { name: "Access token" })).toHaveValue("");
  await app.closeDialog();

  await app.openModels();
  await lookUp(page, "owner/nano-GGUF");
  await models.getByRole("button", { name: "Download Q4_K_M" }).click();
  await expect(models.getByRole("article", { name: "random nano" })).toContainText("in use");

  const withToken = hub.seen.filter(({ authorization }) => authorization !== undefined);
  expect(withToken.length).toBeGreaterThan(0);
  expect(
    withToken.every(({ host, authorization }) => host === "hub" && authorization === "Bearer hf_secret"),
  ).toBe(true);
  expect(hub.seen.some(({ host, method }) => host === "storage" && method === "GET")).toBe(true);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).not.toContain("secret");
});

test("a folder's model is added, its other files set aside", async ({ app, page }) => {
  await app.openWithoutModel();
  const models = await app.openModels();
  await models.getByLabel("Model file").setInputFiles([
    { name: "nano-F16-00002-of-00002.gguf", mimeType: "", buffer: Buffer.from(shards[1]!) },
    { name: "mmproj-F16.gguf", mimeType: "", buffer: Buffer.from(files["mmproj-F16.gguf"]) },
    { name: "nano-F16-00001-of-00002.gguf", mimeType: "", buffer: Buffer.from(shards[0]!) },
  ]);
  await expect(page.getByText("“mmproj-F16.gguf” is left out")).toBeVisible();
  await expect(models.getByRole("article", { name: "random nano" })).toContainText("in use");

  await test.step("saved to disk, it is the files it came as, in a folder of its own", async () => {
    // Stands in for a picker, which no test can answer; there is a folder of that name already.
    await page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      await folder.getDirectoryHandle("random nano", { create: true });
      Object.assign(window, { showDirectoryPicker: () => Promise.resolve(folder) });
    });
    await app.closeDialog();
    const panel = await app.openStorage();
    await panel.getByRole("button", { name: "Save to disk" }).click();
    await expect(page.getByText("“random nano” was saved.")).toBeVisible();
    const saved = await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("random nano (2)");
      const contents: [string, number[]][] = [];
      for await (const [name, handle] of folder as unknown as AsyncIterable<[string, FileSystemFileHandle]>) {
        const bytes = await (await handle.getFile()).arrayBuffer();
        contents.push([name, [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]]);
      }
      return contents.sort();
    });
    const sha256 = (bytes: Uint8Array) => [...createHash("sha256").update(bytes).digest()];
    expect(saved).toEqual([
      ["nano-F16-00001-of-00002.gguf", sha256(shards[0]!)],
      ["nano-F16-00002-of-00002.gguf", sha256(shards[1]!)],
    ]);
  });
});

test("a split model with a missing file is refused, naming it", async ({ app }) => {
  await app.openWithoutModel();
  const models = await app.openModels();
  await models
    .getByLabel("Model file")
    .setInputFiles({ name: "nano-F16-00002-of-00002.gguf", mimeType: "", buffer: Buffer.from(shards[1]!) });
  await expect(models.getByRole("alert")).toContainText("is missing");
});

test("a file used in place is read where it lies, and nothing of it is copied", async ({ app, page }) => {
  // Stands in for a picker; the browser's private files have the same kind of handle.
  await page.addInitScript(() => {
    Object.assign(window, {
      showOpenFilePicker: async () => [
        await (await navigator.storage.getDirectory()).getFileHandle("nano-Q4_K_M.gguf"),
      ],
    });
  });
  await app.openWithoutModel();
  await page.evaluate(async (base64) => {
    const folder = await navigator.storage.getDirectory();
    const writable = await (
      await folder.getFileHandle("nano-Q4_K_M.gguf", { create: true })
    ).createWritable();
    await writable.write(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    await writable.close();
  }, Buffer.from(nano).toString("base64"));
  const before = await app.storedRecords();
  const models = await app.openModels();
  await models.getByRole("button", { name: "Use a file in place…" }).click();
  const card = models.getByRole("article", { name: "random nano" });
  await expect(card).toContainText("in use");
  await expect(card).toContainText("read where it lies");
  expect((await app.storedRecords())["models/models"]).toBe(before["models/models"]);

  await page.reload();
  await app.isReady();
  await expect(app.modelButton).toHaveAccessibleName("Models: random nano");

  await test.step("the storage panel lists it, and leaves its file alone", async () => {
    const panel = await app.openStorage();
    const row = panel.getByRole("article", { name: "random nano" });
    await expect(row.getByRole("button")).toHaveText(["Delete"]);
    await app.closeDialog();
  });

  await test.step("another file in its place is refused in words", async () => {
    await page.evaluate(async () => {
      const name = "nano-Q4_K_M.gguf";
      const folder = await navigator.storage.getDirectory();
      const { size } = await (await folder.getFileHandle(name)).getFile();
      // written over, a private file keeps its date in Chromium; one on disk does not
      await folder.removeEntry(name);
      const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writable.write(new Uint8Array(size));
      await writable.close();
    });
    await page.reload();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("“nano-Q4_K_M.gguf” has changed since it was added.");
    await expect(alert).toContainText("Remove it from the list, then add it again.");
  });

  await test.step("taken off the list, its file stays", async () => {
    const panel = await app.openStorage();
    await panel.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Take it off the list" }).click();
    await expect(panel.getByRole("article", { name: "random nano" })).toHaveCount(0);
    const sizeBytes = await page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      return (await (await folder.getFileHandle("nano-Q4_K_M.gguf")).getFile()).size;
    });
    expect(sizeBytes).toBe(nano.length);
    await app.closeDialog();
  });

  await test.step("a folder of Ollama's lists it by its name, and it is used there", async () => {
    const digest = createHash("sha256").update(nano).digest("hex");
    const manifest = {
      layers: [{ mediaType: "application/vnd.ollama.image.model", digest: `sha256:${digest}` }],
    };
    await page.evaluate(
      async ({ blob, text, base64 }) => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle("ollama", { create: true });
        const write = async (path: string, content: string | Uint8Array<ArrayBuffer>) => {
          const parts = path.split("/");
          let at = folder;
          for (const part of parts.slice(0, -1)) at = await at.getDirectoryHandle(part, { create: true });
          const file = await at.getFileHandle(parts.at(-1)!, { create: true });
          const writable = await file.createWritable();
          await writable.write(content);
          await writable.close();
        };
        await write("manifests/models.example/library/nano/tiny", text);
        await write(
          `blobs/${blob}`,
          Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
        );
        Object.assign(window, { showDirectoryPicker: () => Promise.resolve(folder) });
      },
      {
        blob: `sha256-${digest}`,
        text: JSON.stringify(manifest),
        base64: Buffer.from(nano).toString("base64"),
      },
    );
    await app.openModels();
    await models.getByRole("button", { name: "Use a folder in place…" }).click();
    const found = models.getByRole("region", { name: "Models in ollama" });
    await expect(found.getByRole("listitem")).toContainText("nano:tiny 1.07 MB");
    await found.getByRole("button", { name: "Use it: nano:tiny" }).click();
    await expect(models.getByRole("article", { name: "nano:tiny" })).toContainText("in use");
    await expect(found.getByRole("button", { name: "nano:tiny is on the list" })).toBeDisabled();
    expect((await app.storedRecords())["models/models"]).toBe(before["models/models"]);
  });
});

/** Sets the hub address, as a person with a mirror would. */
async function useHub(app: App, page: Page): Promise<void> {
  const settings = await app.openSettings();
  const box = settings.getByRole("textbox", { name: "Hub address" });
  await box.fill(hub.origin);
  await box.press("Enter");
  await expect(page.getByText(`sent to ${new URL(hub.origin).host} alone`)).toBeVisible();
  await app.closeDialog();
}

async function lookUp(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Model repository, link or file" }).fill(text);
  await page.getByRole("button", { name: "Look up" }).click();
}
