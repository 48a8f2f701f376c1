import { expect, it } from "vitest";
import { highest, lookOf } from "./attention-look";

it("a long context is told in bins whose shares sum to one, and its strongest positions by themselves", () => {
  const nTokens = 70_001; // not a multiple of the bins
  const scores = Float32Array.from({ length: 2 * nTokens }, (_, i) => Math.sin(i));
  scores[40_000] = 12;
  scores[nTokens + 3] = 14;
  const { binTokens, bins, top } = lookOf(scores, 2);
  const nBins = bins.length / 2;
  expect(nBins).toBeLessThanOrEqual(512);
  expect(nBins * binTokens).toBeGreaterThanOrEqual(nTokens);
  for (const head of [0, 1]) {
    const ofHead = bins.subarray(head * nBins, (head + 1) * nBins);
    expect(ofHead.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    const position = [40_000, 3][head]!;
    expect(top[head]![0]!.position).toBe(position);
    expect(ofHead[Math.floor(position / binTokens)]).toBeGreaterThan(top[head]![0]!.weight);
  }
});

it("the largest are found in order, the first of equals first", () => {
  expect(highest(Float32Array.of(1, 5, 2, 5, -1), 3)).toEqual([1, 3, 2]);
  expect(highest(Float32Array.of(1), 3)).toEqual([0]);
});
