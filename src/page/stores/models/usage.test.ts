import { expect, it } from "vitest";
import { budgetChoices, usageOf } from "./usage";

const room = { usedBytes: 1000, quotaBytes: 5000, freeBytes: 4000, appBytes: 100 };

it("what is neither models, saved reading nor the app is that of chats", () => {
  expect(usageOf(room, { modelBytes: 600, readingBytes: 200 })).toEqual({
    models: 600,
    "saved reading": 200,
    chats: 100,
    app: 100,
  });
});

// Chromium counts blobs a little late, and a browser that compresses counts fewer bytes.
it("parts never add up to more than the browser says is used", () => {
  expect(usageOf(room, { modelBytes: 900, readingBytes: 300 })).toEqual({
    models: 900,
    "saved reading": 100,
    chats: 0,
    app: 0,
  });
});

it("budgets go up to what the browser grants, and the present one is always among them", () => {
  expect(budgetChoices(4e9, 3e9)).toEqual([0, 50e6, 100e6, 200e6, 500e6, 1e9, 2e9, 4e9]);
  expect(budgetChoices(0, 60e6)).toEqual([0, 50e6]);
});
