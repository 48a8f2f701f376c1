import { expect, it } from "vitest";
import { defaultSampling } from "./default-sampling";

const settings = ([temperature, topP, topK, presencePenalty]: readonly [number, number, number, number]) => ({
  temperature,
  topP,
  topK,
  presencePenalty,
  minP: 0,
  repetitionPenalty: 1,
  seed: null,
});

// The model cards' temperature, top-p, top-k and presence penalty.
it.each([
  ["the demo", 8, 256, [0, 1, 0, 0], [0, 1, 0, 0]],
  ["0.8B", 24, 1024, [1, 0.95, 20, 1.5], [1, 1, 20, 2]],
  ["2B", 24, 2048, [1, 0.95, 20, 1.5], [1, 1, 20, 2]],
  ["4B", 32, 2560, [1, 0.95, 20, 1.5], [0.7, 0.8, 20, 1.5]],
  ["9B", 32, 4096, [1, 0.95, 20, 1.5], [0.7, 0.8, 20, 1.5]],
  ["27B", 64, 5120, [1, 0.95, 20, 1.5], [0.7, 0.8, 20, 1.5]],
] as const)("%s samples as its card says", (_, nLayers, hiddenSize, thinking, answering) =>
  expect(defaultSampling({ nLayers, hiddenSize })).toEqual({
    thinking: settings(thinking),
    answering: settings(answering),
  }),
);

it("takes what the file says of its sampling before the card, where it can be", () => {
  const metadata = new Map<string, unknown>([
    ["general.sampling.temp", 0.6],
    ["general.sampling.top_k", 40],
    ["general.sampling.top_p", 7],
    ["general.sampling.min_p", "no"],
  ]);
  const own = { temperature: 0.6, topK: 40 };
  const card = defaultSampling({ nLayers: 32, hiddenSize: 2560 });
  expect(defaultSampling({ nLayers: 32, hiddenSize: 2560 }, metadata)).toEqual({
    thinking: { ...card.thinking, ...own },
    answering: { ...card.answering, ...own },
  });
});
