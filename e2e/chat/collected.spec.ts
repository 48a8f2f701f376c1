import { expect, inventory, test } from "../support/app";

// Chromium collects some streams that only a pending read refers to; what waits for them then waits for ever.
test(
  "a model loads and answers while garbage is collected all the time",
  { tag: "@nightly" },
  async ({ app, page }) => {
    await app.openReady(); // stored now, so that the next load reads it from storage
    page.on("worker", (worker) =>
      worker
        .evaluate(() => void setInterval(() => (globalThis as unknown as { gc(): void }).gc(), 5))
        .catch(() => undefined),
    );
    await app.open();
    await app.isReady();
    const answer = await app.ask(`${inventory}\n\nWhat is the code of the green crate?`);
    await expect(answer).toContainText("48213");
  },
);
