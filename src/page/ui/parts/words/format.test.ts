import { expect, it } from "vitest";
import { formatDuration, formatParameters, formatRate, formatOperations } from "./format";

it.each([
  [5_934_000, "5.9 million"],
  [752_393_024, "752 million"],
  [999_600_000, "1.0 billion"],
  [27e9, "27.0 billion"],
])("formats %i parameters as %s", (count, text) => expect(formatParameters(count)).toBe(text));

it.each([
  [5.04, "5.0"],
  [42.37, "42.4"],
  [1234.5, "1,235"],
])("formats a rate of %d as %s", (rate, text) => expect(formatRate(rate)).toBe(text));

it.each([
  [0.2, "1\u00a0s"],
  [59, "59\u00a0s"],
  [100, "2\u00a0min"],
  [3600, "1\u00a0h 0\u00a0min"],
  [5000, "1\u00a0h 24\u00a0min"],
])("formats %d seconds as %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it("operations are told in millions, billions or trillions", () => {
  expect([0, 1.56e6, 2.31e9, 4.2e12].map(formatOperations)).toEqual([
    "–",
    "1.56\u00a0M",
    "2.31\u00a0G",
    "4.20\u00a0T",
  ]);
});
