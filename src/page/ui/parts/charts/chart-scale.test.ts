import { expect, it } from "vitest";
import { makeScale } from "./chart-scale";

it("a linear scale writes round values only, and places both ends", () => {
  const { at, ticks } = makeScale("linear", [0, 0.93], [200, 0], 5);
  expect(ticks).toEqual([0, 0.2, 0.4, 0.6000000000000001, 0.8]);
  expect([at(0), at(0.93)]).toEqual([200, 0]);
});

it("a logarithmic scale writes powers of two and gives each doubling the same room", () => {
  const { at, ticks } = makeScale("log2", [4, 256], [0, 600], 10);
  expect(ticks).toEqual([4, 8, 16, 32, 64, 128, 256]);
  expect(at(8) - at(4)).toBeCloseTo(at(256) - at(128), 9);
});

it("a scale of more doublings than fit leaves some out", () => {
  expect(makeScale("log2", [1, 1024], [0, 1], 4).ticks).toEqual([1, 8, 64, 512]);
});

it("a single value lies in the middle", () => {
  const { at, ticks } = makeScale("linear", [3, 3], [0, 100], 5);
  expect([at(3), ...ticks]).toEqual([50, 3]);
});

it("a decimal logarithmic scale writes ones, twos and fives where they fit, else powers of ten", () => {
  expect(makeScale("log10", [4, 60], [0, 1], 5).ticks).toEqual([5, 10, 20, 50]);
  expect(makeScale("log10", [4, 60_000], [0, 1], 5).ticks).toEqual([10, 100, 1000, 10_000]);
  expect(makeScale("log10", [1, 1e7], [0, 1], 4).ticks).toEqual([1, 100, 10_000, 1_000_000]);
});
