/** In the order of the lab's curves. */
export const ruleIds = [
  "linear",
  "mamba2",
  "deltaNet",
  "gatedDeltaNet",
  "comba",
  "kimiDelta",
  "gatedDeltaNet2",
] as const;
export type RuleId = (typeof ruleIds)[number];

export type KeyKind = "random" | "orthogonal" | "correlated";

export interface LabRequest {
  /** Key and value channels: the state holds size × size numbers. A multiple of 8. */
  readonly size: number;
  /** The right end of the curves. */
  readonly mostPairs: number;
  readonly keys: KeyKind;
  readonly seed: number;
  /** Tokens after which the decaying rules have lost half; `null`: they decay at a switch of context only. */
  readonly halfLife: number | null;
  /** Tokens that exact attention sees, beside the state. */
  readonly window: number;
}

/** The recall of the pairs, each the mean over pairs and trials; one entry for each x of the chart. */
export interface LabCurve {
  readonly rule: RuleId;
  /** Exact attention over the last tokens stands beside the state. */
  readonly hasWindow: boolean;
  /**
   * Share of pairs where what was read is nearer to their value than to any other that was stored, and than
   * to nothing.
   */
  readonly found: readonly number[];
  /** Cosine between what was read and what was stored. */
  readonly similarity: readonly number[];
  /** |read − stored|² / |stored|² */
  readonly error: readonly number[];
}

export type ExperimentId = "capacity" | "overwriting" | "switch" | "lasting" | "age";

export interface LabChart {
  readonly experiment: ExperimentId;
  readonly xs: readonly number[];
  readonly curves: readonly LabCurve[];
}

export interface LabResult {
  readonly request: LabRequest;
  /** Independent repetitions with other pairs, over which the curves are means. */
  readonly nTrials: number;
  readonly charts: readonly LabChart[];
  readonly elapsedMs: number;
}

export interface LabProgress {
  readonly done: number;
  readonly total: number;
  /** The charts that are ready. */
  readonly charts: readonly LabChart[];
}
