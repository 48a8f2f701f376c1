import { expect, it } from "vitest";
import { describeCheck } from "./describe-check";

const right = { difference: 0.0000031, nTokens: 37, isRemembered: false, replaced: null };

it("says how right the kernels were, and when that was found", () => {
  expect(describeCheck(right)).toBe("right, to 3.1e-6 over 37 tokens");
  expect(describeCheck({ ...right, isRemembered: true })).toBe(
    "right in an earlier visit, to 3.1e-6 over 37 tokens",
  );
});

it("names what was wrong, and what runs in its place", () => {
  expect(describeCheck({ ...right, replaced: "layer 3" })).toBe(
    "The tuned kernels were wrong (first after: layer 3), so the plain ones run: slower, and right to 3.1e-6.",
  );
});
