import { expect, it } from "vitest";
import type { SamplingControls } from "../../ground/sampling";
import { samplingProbabilities } from "../../reference/sampler";
import { randomNormal } from "../../testing/samples/random";
import { samplingSteps } from "./sampling-steps";

const logits = randomNormal(300, 7).map((value) => 3 * value);
const prompt = new Set([1, 5, 9]);
const generated = new Set([5, 17]);
const off = { temperature: 1, topK: 0, topP: 1, minP: 0, presencePenalty: 0, repetitionPenalty: 1 };
const all = {
  temperature: 0.7,
  topK: 20,
  topP: 0.8,
  minP: 0.05,
  presencePenalty: 1.5,
  repetitionPenalty: 1.1,
};
const { presencePenalty, repetitionPenalty, temperature, topK, topP } = all;

/** The settings that have been applied after each step. */
const upTo: SamplingControls[] = [
  off,
  { ...off, presencePenalty, repetitionPenalty },
  { ...off, presencePenalty, repetitionPenalty, temperature },
  { ...off, presencePenalty, repetitionPenalty, temperature, topK },
  { ...off, presencePenalty, repetitionPenalty, temperature, topK, topP },
  all,
];

it.each(upTo.map((settings, i) => [i, settings] as const))(
  "step %i is the reference with the later ones off",
  (i, settings) => {
    const actual = samplingSteps(logits, all, prompt, generated)[i]!;
    const expected = samplingProbabilities(Float64Array.from(logits), settings, { prompt, generated });
    actual.forEach((p, id) => expect(p).toBeCloseTo(expected[id]!, 12));
  },
);

it("greedy draws the most probable after penalties", () => {
  const steps = samplingSteps(logits, { ...all, temperature: 0 }, prompt, generated);
  const settings = { ...all, temperature: 0 };
  expect([...steps.at(-1)!]).toEqual([
    ...samplingProbabilities(Float64Array.from(logits), settings, { prompt, generated }),
  ]);
});
