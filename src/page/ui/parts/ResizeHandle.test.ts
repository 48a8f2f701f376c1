import { expect, it } from "vitest";
import { PANEL_SHARES, shareAfter, shareFrom } from "./ResizeHandle";

it("is as wide as from where it is dragged to the end of the line, whichever side that is", () => {
  expect(shareFrom(600, 1000, false)).toBeCloseTo(0.4);
  expect(shareFrom(400, 1000, true)).toBeCloseTo(0.4);
  expect(shareFrom(990, 1000, false)).toBe(PANEL_SHARES.min);
  expect(shareFrom(990, 1000, true)).toBe(PANEL_SHARES.max);
});

it("follows the arrow that points away from it", () => {
  expect(shareAfter("ArrowLeft", 0.4, false)).toBeCloseTo(0.42);
  expect(shareAfter("ArrowRight", 0.4, false)).toBeCloseTo(0.38);
  expect(shareAfter("ArrowLeft", 0.4, true)).toBeCloseTo(0.38);
  expect(shareAfter("ArrowRight", 0.4, true)).toBeCloseTo(0.42);
  expect(shareAfter("Home", 0.4, true)).toBe(PANEL_SHARES.min);
  expect(shareAfter("a", 0.4, false)).toBeUndefined();
});
