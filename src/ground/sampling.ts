/** The settings of the draw of one token. */
export interface SamplingControls {
  /** 0 is greedy: the most probable token, of equal ones the lowest id. */
  readonly temperature: number;
  /** 0 keeps all. */
  readonly topK: number;
  /** 1 keeps all. */
  readonly topP: number;
  /** 0 keeps all. */
  readonly minP: number;
  /** 0 changes nothing. */
  readonly presencePenalty: number;
  /** 1 changes nothing. */
  readonly repetitionPenalty: number;
}

export type SamplingName = keyof SamplingControls;

/** The settings that a model is to be sampled with, and who says so. */
export interface DefaultSampling {
  readonly thinking: SamplingSettings;
  /** Without a think block. */
  readonly answering: SamplingSettings;
  /** The model whose card the values are of, e.g. "Qwen3.8"; `null` for a model too small for any card. */
  readonly card: string | null;
  /** Values that the file itself states, in place of the card's. */
  readonly ofFile: readonly SamplingName[];
}

/** The settings of the draws of an answer. */
export interface SamplingSettings extends SamplingControls {
  /** `null` draws a new seed for every answer. */
  readonly seed: number | null;
}
