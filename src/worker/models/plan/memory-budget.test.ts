import { afterEach, expect, it, vi } from "vitest";
import { chooseMemoryBudget, memoryBudgetBytes } from "./memory-budget";

const GIB = 2 ** 30;

afterEach(() => {
  chooseMemoryBudget(null);
  vi.unstubAllGlobals();
});

it("is half of what the browser says the machine has, until the person says otherwise", () => {
  vi.stubGlobal("navigator", { deviceMemory: 32 });
  expect(memoryBudgetBytes()).toBe(16 * GIB);
  chooseMemoryBudget(24 * GIB);
  expect(memoryBudgetBytes()).toBe(24 * GIB);
  chooseMemoryBudget(null);
  expect(memoryBudgetBytes()).toBe(16 * GIB);
});

it("assumes 8 GiB in a browser that does not say", () => {
  vi.stubGlobal("navigator", {});
  expect(memoryBudgetBytes()).toBe(4 * GIB);
});
