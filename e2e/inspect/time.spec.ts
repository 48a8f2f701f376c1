import { readFile } from "node:fs/promises";
import { expect, test } from "../support/app";
import { isFit } from "../support/fit";

interface TraceFile {
  readonly traceEvents: readonly { readonly ph: string; readonly cat?: string }[];
}

test("the time tab measures kernels, layers and a step, and exports them as a trace", async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await app.open("/#inspect");
  await app.isReady();
  await page.getByRole("tab", { name: "Time" }).click();
  await page.getByRole("button", { name: "Measure" }).click();
  const kernels = page.getByRole("table", { name: /^By kernel: 1 token after 256/ });
  await expect(kernels).toBeVisible({ timeout: 120_000 });
  await expect(kernels.getByRole("rowheader", { name: "lm_head" })).toBeVisible();
  await expect(page.getByRole("table", { name: /^By layer/ }).getByRole("row")).toHaveCount(1 + 8);
  await expect(page.getByRole("table", { name: "Parts of it" }).getByRole("row")).toHaveCount(1 + 6);
  await page.getByText("46 dispatches in order").click();
  await expect(page.getByRole("table", { name: "Dispatches in order" }).getByRole("row")).toHaveCount(1 + 46);
  await isFit(page, "time on a desktop");

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export trace" }).click();
  const trace = JSON.parse(await readFile(await (await downloading).path(), "utf8")) as TraceFile;
  expect(trace.traceEvents.filter(({ cat }) => cat === "kernel").length).toBeGreaterThan(2 * 46);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("radio", { name: "Reading a chunk" }).check();
  await expect(page.getByRole("table", { name: /^By kernel: \d+ tokens/ })).toBeVisible();
  await isFit(page, "time on a phone in the dark");
});
