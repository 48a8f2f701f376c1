import type { SamplingSettings } from "../../../ground/sampling";

export interface DefaultSampling {
  readonly thinking: SamplingSettings;
  /** Without a think block. */
  readonly answering: SamplingSettings;
}

const neutral = { minP: 0, repetitionPenalty: 1, seed: null };
const greedy: SamplingSettings = { ...neutral, temperature: 0, topK: 0, topP: 1, presencePenalty: 0 };

/** Both small and large cards: "thinking, general". */
const thinking: SamplingSettings = { ...neutral, temperature: 1, topK: 20, topP: 0.95, presencePenalty: 1.5 };
/** 0.8B and 2B: "non-thinking, text". */
const answeringSmall: SamplingSettings = {
  ...neutral,
  temperature: 1,
  topK: 20,
  topP: 1,
  presencePenalty: 2,
};
/** 4B, 9B, 27B: "non-thinking, general". */
const answeringLarge: SamplingSettings = {
  ...neutral,
  temperature: 0.7,
  topK: 20,
  topP: 0.8,
  presencePenalty: 1.5,
};

/** 0.8B is 24 layers of 1024, 2B 24 of 2048, 4B 32 of 2560, 9B 32 of 4096, 27B 64 of 5120. */
const smallestHiddenSize = 1024;
const smallestLayers = 24;
const largeLayers = 32;

/**
 * The model cards' recommendations, by size and mode: docs/model.md#recommended-settings. Models smaller than
 * the smallest published one have no card and get greedy, as the demo model was evaluated. A file's own
 * `general.sampling.*` go before the card.
 */
export function defaultSampling(
  size: { readonly nLayers: number; readonly hiddenSize: number },
  metadata: ReadonlyMap<string, unknown> = new Map(),
): DefaultSampling {
  const { thinking, answering } = recommended(size);
  const own = ownSampling(metadata);
  return { thinking: { ...thinking, ...own }, answering: { ...answering, ...own } };
}

/** Keys as llama.cpp's converter writes them, with the values that can be. */
const ownKeys = [
  ["temp", "temperature", (value: number) => value >= 0],
  ["top_k", "topK", (value: number) => Number.isInteger(value) && value >= 0],
  ["top_p", "topP", (value: number) => value > 0 && value <= 1],
  ["min_p", "minP", (value: number) => value >= 0 && value <= 1],
  ["penalty_repeat", "repetitionPenalty", (value: number) => value > 0],
] as const;

function ownSampling(metadata: ReadonlyMap<string, unknown>): Partial<SamplingSettings> {
  const found: Partial<Record<keyof SamplingSettings, number>> = {};
  for (const [key, field, fits] of ownKeys) {
    const value = metadata.get(`general.sampling.${key}`);
    if (typeof value === "number" && Number.isFinite(value) && fits(value)) found[field] = value;
  }
  return found;
}

function recommended({
  nLayers,
  hiddenSize,
}: {
  readonly nLayers: number;
  readonly hiddenSize: number;
}): DefaultSampling {
  if (nLayers < smallestLayers || hiddenSize < smallestHiddenSize)
    return { thinking: greedy, answering: greedy };
  return { thinking, answering: nLayers < largeLayers ? answeringSmall : answeringLarge };
}
