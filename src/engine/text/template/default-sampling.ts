import type { KnownModes } from "../../../ground/prompt-mode";
import type { DefaultSampling, SamplingName, SamplingSettings } from "../../../ground/sampling";

const neutral = { minP: 0, repetitionPenalty: 1, seed: null };
const greedy: SamplingSettings = { ...neutral, temperature: 0, topK: 0, topP: 1, presencePenalty: 0 };

/** Qwen3.5, small and large cards: "thinking, general". */
const thinking35: SamplingSettings = {
  ...neutral,
  temperature: 1,
  topK: 20,
  topP: 0.95,
  presencePenalty: 1.5,
};
/** Qwen3.6 and 3.8: without the penalty. */
const thinkingLater: SamplingSettings = { ...thinking35, presencePenalty: 0 };
/** Qwen3.5 of 0.8B and 2B: "non-thinking, text". */
const answeringSmall: SamplingSettings = {
  ...neutral,
  temperature: 1,
  topK: 20,
  topP: 1,
  presencePenalty: 2,
};
/** Qwen3.5 of 4B, 9B, 27B: "non-thinking, general"; Qwen3.6 and 3.8: "instruct". */
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
 * The model cards' recommendations, by family, size and mode: docs/model.md#recommended-settings. Models
 * smaller than the smallest published one have no card and get greedy, as the demo model was evaluated. A
 * file's own `general.sampling.*` go before the card.
 */
export function defaultSampling(
  size: Size,
  modes: KnownModes,
  metadata: ReadonlyMap<string, unknown> = new Map(),
): DefaultSampling {
  const { thinking, answering, card } = recommended(size, familyOf(modes, metadata));
  const own = ownSampling(metadata);
  return {
    thinking: { ...thinking, ...own },
    answering: { ...answering, ...own },
    card,
    ofFile: Object.keys(own) as SamplingName[],
  };
}

interface Size {
  readonly nLayers: number;
  readonly hiddenSize: number;
}

type Family = "Qwen3.5" | "Qwen3.6" | "Qwen3.8";

/**
 * The family whose card a model has. Its template tells: 3.8's asks for an effort, 3.6's may keep thoughts.
 * A file with another template is known by its name.
 */
function familyOf({ efforts, keepsThoughts }: KnownModes, metadata: ReadonlyMap<string, unknown>): Family {
  if (keepsThoughts !== null) return efforts.length > 0 ? "Qwen3.8" : "Qwen3.6";
  const names = ["general.name", "general.basename", "general.base_model.0.name"]
    .map((key) => metadata.get(key))
    .filter((name) => typeof name === "string");
  const [, minor] = /qwen[ _-]?3[._]([68])(?!\d)/i.exec(names.join("\n")) ?? [];
  return minor === "8" ? "Qwen3.8" : minor === "6" ? "Qwen3.6" : "Qwen3.5";
}

/** Keys as llama.cpp's converter writes them, with the values that can be. */
const ownKeys = [
  ["temp", "temperature", (value: number) => value >= 0],
  ["top_k", "topK", (value: number) => Number.isInteger(value) && value >= 0],
  ["top_p", "topP", (value: number) => value > 0 && value <= 1],
  ["min_p", "minP", (value: number) => value >= 0 && value <= 1],
  ["penalty_repeat", "repetitionPenalty", (value: number) => value > 0],
] as const;

function ownSampling(metadata: ReadonlyMap<string, unknown>): Partial<Record<SamplingName, number>> {
  const found: Partial<Record<SamplingName, number>> = {};
  for (const [key, field, fits] of ownKeys) {
    const value = metadata.get(`general.sampling.${key}`);
    if (typeof value === "number" && Number.isFinite(value) && fits(value)) found[field] = value;
  }
  return found;
}

function recommended(
  { nLayers, hiddenSize }: Size,
  family: Family,
): Pick<DefaultSampling, "thinking" | "answering" | "card"> {
  if (nLayers < smallestLayers || hiddenSize < smallestHiddenSize)
    return { thinking: greedy, answering: greedy, card: null };
  if (family !== "Qwen3.5") return { thinking: thinkingLater, answering: answeringLarge, card: family };
  const answering = nLayers < largeLayers ? answeringSmall : answeringLarge;
  return { thinking: thinking35, answering, card: family };
}
