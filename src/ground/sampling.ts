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

/** The settings of the draws of an answer. */
export interface SamplingSettings extends SamplingControls {
  /** `null` draws a new seed for every answer. */
  readonly seed: number | null;
}
