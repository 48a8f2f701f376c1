import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { recognisedBytes } from "../../src/engine/weights/bytes/not-a-model";
import { HubServer } from "../../src/testing/hub/hub-server";
import { expect, test as base } from "../support/app";
import { startChromium, type KillableBrowser } from "../support/killable-browser";
import { startApp } from "../support/server";

// 6.4 MB: seven parts of 1 MiB.
const bytes = readFileSync("public/models/demo/demo.gguf");
const nParts = 7;

const test = base.extend<{ hub: HubServer }>({
  // eslint-disable-next-line no-empty-pattern
  hub: async ({}, use) => {
    const hub = await HubServer.start();
    hub.commit("Qwen/demo", { "demo.gguf": bytes });
    await use(hub);
    await hub.stop();
  },
});

const linkTo = (hub: HubServer, query = "") =>
  `/?model=${encodeURIComponent(hub.url("Qwen/demo", "demo.gguf") + query)}`;

const accept = (page: Page) => page.getByRole("button", { name: "Download and use it" }).click();

/** Ranges of parts that were asked for, without the first bytes that tell what a file is. */
const rangesAsked = (hub: HubServer) =>
  hub.seen
    .filter(({ host, range }) => host === "storage" && range !== undefined)
    .map(({ range }) => /^bytes=(\d+)-(\d+)$/.exec(range!)!.slice(1).map(Number) as [number, number])
    .filter(([start, last]) => last - start >= recognisedBytes);

for (const { rounds, times, tag } of [
  { rounds: 1, times: "once", tag: [] },
  { rounds: 20, times: "twenty times", tag: "@nightly" },
])
  test(
    `a browser killed ${times} at a random point of a download ends with the whole model every time`,
    { tag },
    async ({ hub }) => killAndGoOn(hub, rounds),
  );

async function killAndGoOn(hub: HubServer, nRounds: number): Promise<void> {
  const app = await startApp();
  let browser: KillableBrowser | undefined;
  let seed = 3;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  try {
    browser = await startChromium();
    for (let round = 0; round < nRounds; round++) {
      const query = `?round=${round}`;
      await browser.page.goto(app.origin + linkTo(hub, query));
      const atLeast = hub.seen.length + 3 + Math.floor(random() * nParts);
      hub.fault = () => ({ kind: "slow", bytesPerSecond: 2e6 });
      await accept(browser.page);
      await expect.poll(() => hub.seen.length, { intervals: [5] }).toBeGreaterThan(atLeast);
      await new Promise((resolve) => setTimeout(resolve, random() * 300));
      browser = await browser.killAndRestart();
      hub.fault = () => undefined;
      await browser.page.goto(app.origin + linkTo(hub, query));
      await accept(browser.page);
      await expect.poll(() => storedBytes(browser!.page, query)).toBe(true);
    }
  } finally {
    await browser?.close();
    await app.stop();
  }
}

test("a byte that flips in storage is found by its part, and that part alone is fetched again", async ({
  app,
  page,
  hub,
}) => {
  await app.open(linkTo(hub));
  await accept(page);
  await expect.poll(() => storedBytes(page)).toBe(true);
  await flipByteOfPart(page, 2);
  const panel = await app.openStorage();
  const row = panel.getByRole("article").filter({ hasText: "demo.gguf" });
  await row.getByRole("button", { name: "Verify" }).click();
  await expect(row).toContainText(`Part 3 of ${nParts} is damaged.`);
  hub.seen.length = 0;
  await row.getByRole("button", { name: "Repair" }).click();
  await expect(row).toContainText(`All ${nParts} parts are as they were written.`);
  expect(rangesAsked(hub)).toEqual([[2 << 20, (3 << 20) - 1]]);
  expect(await storedBytes(page)).toBe(true);

  await test.step("the file is saved to disk as it came", async () => {
    // Without the picker, which no test can answer, the browser downloads it.
    await page.evaluate(() => Reflect.deleteProperty(globalThis, "showSaveFilePicker"));
    const downloading = page.waitForEvent("download");
    await row.getByRole("button", { name: "Save to disk" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("demo.gguf");
    expect(readFileSync(await download.path()).equals(bytes)).toBe(true);
  });
});

test("a full disk is told under way, and the download goes on where it was when there is room", async ({
  app,
  page,
  hub,
  context,
}) => {
  const cdp = await context.newCDPSession(page);
  const { origin } = app.server;
  await app.open(linkTo(hub));
  await expect(page.getByRole("button", { name: "Download and use it" })).toBeEnabled();
  const usedBytes = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usedBytes + 3_500_000 });
  await accept(page);
  const alert = page.getByRole("alert").filter({ hasText: "There is no room left on the disk" });
  await expect(alert).toContainText("The browser refused to store more");
  await expect(alert).toContainText("(unfinished)");
  await cdp.send("Storage.overrideQuotaForOrigin", { origin });
  hub.seen.length = 0;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => storedBytes(page)).toBe(true);
  expect(rangesAsked(hub).length).toBeLessThan(nParts);
});

test("a paused download is listed, and resumed after a reload", async ({ app, page, hub }) => {
  hub.fault = () => ({ kind: "slow", bytesPerSecond: 500_000 });
  await app.open(linkTo(hub));
  await accept(page);
  await expect.poll(() => storedParts(page)).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Pause: Storing demo.gguf" }).click();
  await expect(page.getByRole("button", { name: /^Pause/ })).toHaveCount(0);
  await page.reload();
  const panel = await app.openStorage();
  hub.fault = () => undefined;
  hub.seen.length = 0;
  await panel.getByRole("button", { name: /^Resume / }).click();
  await expect.poll(() => storedBytes(page)).toBe(true);
  expect(rangesAsked(hub).length).toBeLessThan(nParts);
});

/** The number of stored parts of a file from the hub. */
async function storedParts(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const opening = indexedDB.open("models");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const database = opening.result;
    const getting = database.transaction("models").objectStore("models").getAllKeys();
    await new Promise((resolve) => (getting.onsuccess = resolve));
    database.close();
    return getting.result.filter(
      (key) => Array.isArray(key) && key[0] === "part" && (key[1] as string).startsWith("url:"),
    ).length;
  });
}

/** Tells whether the file whose address ends in `query` is stored whole, with the server's bytes. */
async function storedBytes(page: Page, query = ""): Promise<boolean> {
  const stored = await page.evaluate(async (ending) => {
    const opening = indexedDB.open("models");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const database = opening.result;
    const all = async <T>(start: string[]): Promise<T[]> => {
      const objects = database.transaction("models").objectStore("models");
      const getting = objects.getAll(IDBKeyRange.bound(start, [...start, []]));
      await new Promise((resolve) => (getting.onsuccess = resolve));
      return getting.result as T[];
    };
    try {
      const files = await all<{ id: string; isComplete: boolean }>(["file"]);
      const file = files.find(({ id }) => id.startsWith("url:") && id.endsWith(`demo.gguf${ending}`));
      if (!file?.isComplete) return null;
      const parts = await all<{ bytes: Blob }>(["part", file.id]);
      const whole = await new Blob(parts.map(({ bytes: part }) => part)).arrayBuffer();
      const hash = await crypto.subtle.digest("SHA-256", whole);
      return [...new Uint8Array(hash)];
    } finally {
      database.close();
    }
  }, query);
  const expected = await crypto.subtle.digest("SHA-256", bytes);
  return stored !== null && Buffer.from(stored).equals(Buffer.from(expected));
}

/** Changes one bit of a stored part, and nothing else of its record. */
async function flipByteOfPart(page: Page, index: number): Promise<void> {
  await page.evaluate(async (wanted) => {
    const opening = indexedDB.open("models");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const database = opening.result;
    const keys = database.transaction("models").objectStore("models").getAllKeys();
    await new Promise((resolve) => (keys.onsuccess = resolve));
    const isWanted = (key: IDBValidKey) =>
      Array.isArray(key) && key[0] === "part" && (key[1] as string).startsWith("url:") && key[2] === wanted;
    const key = keys.result.find(isWanted)!;
    const getting = database.transaction("models").objectStore("models").get(key);
    await new Promise((resolve) => (getting.onsuccess = resolve));
    const record = getting.result as { bytes: Blob };
    const changed = new Uint8Array(await record.bytes.arrayBuffer());
    changed[12_345]! ^= 8;
    const transaction = database.transaction("models", "readwrite");
    transaction.objectStore("models").put({ ...record, bytes: new Blob([changed]) }, key);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, index);
}
