import { expect, it } from "vitest";
import type { ReadingAhead } from "../../../stores/documents/reading-ahead";
import { timeToRead } from "./time-to-read";

const reading = (tokensPerSecond: number | null): ReadingAhead => {
  const progress = { readTokens: 100, totalTokens: 900, reusedTokens: 0, tokensPerSecond };
  return { phase: "reading", progress };
};

it("goes by how fast the model read last", () => {
  expect(timeToRead(900, 20, { phase: "none" })).toBe("about 45\u00a0s to read");
  expect(timeToRead(900, 20, reading(30))).toBe("about 45\u00a0s to read");
});

it("of a model that has read nothing yet, by the reading under way", () => {
  expect(timeToRead(900, undefined, { phase: "none" })).toBe("time to read: not measured yet on this device");
  expect(timeToRead(900, undefined, { phase: "reading", progress: null })).toBe(
    "time to read: being measured",
  );
  expect(timeToRead(900, undefined, reading(null))).toBe("time to read: being measured");
  expect(timeToRead(900, undefined, reading(20))).toBe("about 45\u00a0s to read");
});
