import { expect, it } from "vitest";
import { ReadingRate } from "./reading-rate";

it("tells the rate of the last seconds, not of the whole", () => {
  const rate = new ReadingRate();
  for (let second = 0; second <= 10; second++) rate.add(second * 1000, second * 1000);
  let last: number | null = null;
  for (let second = 11; second <= 20; second++) last = rate.add(10_000 + (second - 10) * 100, second * 1000);
  expect(last).toBeCloseTo(100, 6);
});

it("tells nothing before there is something to tell", () => {
  const rate = new ReadingRate();
  expect(rate.add(500, 0)).toBeNull(); // reused, not read
  expect(rate.add(600, 10)).toBeNull();
  expect(rate.add(1000, 1000)).toBeCloseTo(500, 6);
});

it("a chunk longer than the window still has a rate", () => {
  const rate = new ReadingRate();
  rate.add(0, 0);
  rate.add(32, 9000);
  expect(rate.add(64, 18_000)).toBeCloseTo(32 / 9, 6);
});
