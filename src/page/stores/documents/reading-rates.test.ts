import { expect, it } from "vitest";
import { noteReading, useReadingRates } from "./reading-rates";

it("keeps the rate at which each model read its last long prompt", () => {
  noteReading("a", { promptTokens: 1000, reusedTokens: 200, prefillMs: 400 });
  noteReading("b", { promptTokens: 100, reusedTokens: 0, prefillMs: 1000 });
  expect(useReadingRates.getState().rates).toEqual({ a: 2000, b: 100 });
  noteReading("a", { promptTokens: 1000, reusedTokens: 990, prefillMs: 400 }); // ten tokens say nothing
  noteReading("b", { promptTokens: 300, reusedTokens: 100, prefillMs: 1000 });
  expect(useReadingRates.getState().rates).toEqual({ a: 2000, b: 200 });
});
