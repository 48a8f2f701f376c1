import { expect, it } from "vitest";
import type { SamplingControls } from "../ground/sampling";
import { drawToken, samplingProbabilities } from "./sampler";

const off: SamplingControls = {
  temperature: 1,
  topK: 0,
  topP: 1,
  minP: 0,
  presencePenalty: 0,
  repetitionPenalty: 1,
};
const nothing = { prompt: new Set<number>(), generated: new Set<number>() };
const ln = (...weights: number[]) => Float64Array.from(weights, Math.log);

function probabilities(
  logits: Float64Array,
  settings: Partial<SamplingControls>,
  history = nothing,
): number[] {
  return [...samplingProbabilities(logits, { ...off, ...settings }, history)].map(
    (p) => Math.round(p * 1e9) / 1e9,
  );
}

it("with everything off it is the softmax", () => {
  expect(probabilities(ln(1, 2, 5), {})).toEqual([0.125, 0.25, 0.625]);
});

it("temperature 0 takes the largest, of equal ones the lowest id", () => {
  expect(probabilities(ln(1, 4, 4), { temperature: 0 })).toEqual([0, 1, 0]);
});

it("temperature 0 still heeds the penalties", () => {
  const history = { prompt: new Set<number>(), generated: new Set([1]) };
  expect(probabilities(ln(1, 4, 3), { temperature: 0, presencePenalty: 2 }, history)).toEqual([0, 0, 1]);
});

it("temperature divides the logits", () => {
  expect(probabilities(ln(1, 3), { temperature: 0.5 })).toEqual([0.1, 0.9]);
});

it("top-k keeps all that equal the k-th", () => {
  expect(probabilities(ln(4, 2, 2, 1), { topK: 2 })).toEqual([0.5, 0.25, 0.25, 0]);
});

it("top-p keeps the fewest whose mass reaches it, and all that equal the last", () => {
  expect(probabilities(ln(5, 3, 1, 1), { topP: 0.8 })).toEqual([0.625, 0.375, 0, 0]);
  expect(probabilities(ln(5, 3, 1, 1), { topP: 0.81 })).toEqual([0.5, 0.3, 0.1, 0.1]);
});

it("top-p keeps the largest even at 0", () => {
  expect(probabilities(ln(5, 3), { topP: 0 })).toEqual([1, 0]);
});

it("top-p is of what top-k left", () => {
  // 5 and 3 have 8/12 of all the mass, and 8/10 of that of the top three.
  expect(probabilities(ln(5, 3, 2, 1, 1), { topK: 3, topP: 0.8 })).toEqual([0.625, 0.375, 0, 0, 0]);
});

it("min-p is relative to the largest", () => {
  expect(probabilities(ln(6, 2, 1.9), { minP: 1 / 3 - 1e-9 })).toEqual([0.75, 0.25, 0]);
});

it("the repetition penalty works on prompt and answer, by the sign of the logit", () => {
  const history = { prompt: new Set([0]), generated: new Set([1]) };
  const [a, b, c] = probabilities(Float64Array.of(2, -1, 1), { repetitionPenalty: 2 }, history);
  expect(Math.log(a! / c!)).toBeCloseTo(0, 6); //  2 / 2 = 1
  expect(Math.log(b! / c!)).toBeCloseTo(-3, 6); // −1 × 2 = −2
});

it("the presence penalty works on the answer only", () => {
  const history = { prompt: new Set([0]), generated: new Set([1]) };
  const [a, b] = probabilities(Float64Array.of(1, 1), { presencePenalty: 1.5 }, history);
  expect(Math.log(a! / b!)).toBeCloseTo(1.5, 6);
});

it("the repetition penalty comes first", () => {
  const history = { prompt: new Set<number>(), generated: new Set([0]) };
  const [a, b] = probabilities(Float64Array.of(3, 0), { repetitionPenalty: 2, presencePenalty: 2 }, history);
  expect(Math.log(a! / b!)).toBeCloseTo(3 / 2 - 2, 6); // not (3 − 2) / 2
});

it("draws by cumulative probability, and never what has none", () => {
  const p = Float64Array.of(0, 0.25, 0, 0.75, 0);
  expect([0, 0.2499, 0.25, 0.9999, 1].map((u) => drawToken(p, u))).toEqual([1, 1, 3, 3, 3]);
});
