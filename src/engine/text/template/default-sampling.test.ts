import { expect, it } from "vitest";
import type { KnownModes } from "../../../ground/prompt-mode";
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

const only35: KnownModes = { efforts: [], usualEffort: null, keepsThoughts: null };
const as36: KnownModes = { ...only35, keepsThoughts: false };
const as38: KnownModes = { efforts: ["low", "medium", "xhigh"], usualEffort: "xhigh", keepsThoughts: true };

// The model cards' temperature, top-p, top-k and presence penalty.
it.each([
  ["the demo", 8, 256, only35, null, [0, 1, 0, 0], [0, 1, 0, 0]],
  ["3.5 0.8B", 24, 1024, only35, "Qwen3.5", [1, 0.95, 20, 1.5], [1, 1, 20, 2]],
  ["3.5 2B", 24, 2048, only35, "Qwen3.5", [1, 0.95, 20, 1.5], [1, 1, 20, 2]],
  ["3.5 4B", 32, 2560, only35, "Qwen3.5", [1, 0.95, 20, 1.5], [0.7, 0.8, 20, 1.5]],
  ["3.5 9B", 32, 4096, only35, "Qwen3.5", [1, 0.95, 20, 1.5], [0.7, 0.8, 20, 1.5]],
  ["3.5 27B", 64, 5120, only35, "Qwen3.5", [1, 0.95, 20, 1.5], [0.7, 0.8, 20, 1.5]],
  ["3.6 27B", 64, 5120, as36, "Qwen3.6", [1, 0.95, 20, 0], [0.7, 0.8, 20, 1.5]],
  ["3.8 27B", 64, 5120, as38, "Qwen3.8", [1, 0.95, 20, 0], [0.7, 0.8, 20, 1.5]],
] as const)("%s samples as its card says", (_, nLayers, hiddenSize, modes, card, thinking, answering) =>
  expect(defaultSampling({ nLayers, hiddenSize }, modes)).toEqual({
    thinking: settings(thinking),
    answering: settings(answering),
    card,
    ofFile: [],
  }),
);

it.each([
  ["general.name", "Qwen3.8-27B-Instruct", "Qwen3.8"],
  ["general.basename", "qwen_3.6", "Qwen3.6"],
  ["general.name", "Qwen3.5-27B", "Qwen3.5"],
  ["general.name", "Qwen3.85", "Qwen3.5"],
])("a file without the family's template whose %s is %s has the card of %s", (key, name, card) =>
  expect(defaultSampling({ nLayers: 64, hiddenSize: 5120 }, only35, new Map([[key, name]])).card).toBe(card),
);

it("takes what the file says of its sampling before the card, where it can be, and names it", () => {
  const metadata = new Map<string, unknown>([
    ["general.sampling.temp", 0.6],
    ["general.sampling.top_k", 40],
    ["general.sampling.top_p", 7],
    ["general.sampling.min_p", "no"],
  ]);
  const own = { temperature: 0.6, topK: 40 };
  const card = defaultSampling({ nLayers: 32, hiddenSize: 2560 }, only35);
  expect(defaultSampling({ nLayers: 32, hiddenSize: 2560 }, only35, metadata)).toEqual({
    thinking: { ...card.thinking, ...own },
    answering: { ...card.answering, ...own },
    card: "Qwen3.5",
    ofFile: ["temperature", "topK"],
  });
});
