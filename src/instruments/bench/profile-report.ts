import type { Ceilings } from "./ceilings";
import type { DispatchRow } from "./dispatch-cost";
import type { KernelTime } from "./kernel-times";
import type { StepSpans } from "./step-spans";

export interface ProfileRequest {
  /** Tokens in the cache before the step. */
  readonly contextLength: number;
  /** Tokens of prefill's chunk; cut to what the model takes at once. */
  readonly chunk: number;
}

/** Time of a kernel or a layer, with what one dispatch of it costs on average. */
export interface CostedTime extends KernelTime {
  readonly bytes: number;
  readonly operations: number;
  /** The share of the measured read ceiling. */
  readonly shareOfRead: number;
  readonly shareOfProducts: number;
}

export interface PhaseProfile {
  readonly phase: "prefill" | "decode";
  readonly nTokens: number;
  readonly contextLength: number;
  /** Each name in passes of its own, its layers taking turns. */
  readonly kernels: readonly CostedTime[];
  /** Each layer's dispatches in passes of their own. */
  readonly layers: readonly CostedTime[];
  /** In the order they run. */
  readonly dispatches: readonly DispatchRow[];
  /** The whole step, as it runs when an answer is written. */
  readonly step: StepSpans;
}

export interface ProfileReport {
  readonly device: { readonly vendor: string; readonly architecture: string; readonly description: string };
  readonly isSoftware: boolean;
  readonly clock: { readonly source: "timestamps" | "wall clock"; readonly resolutionUs: number };
  readonly ceilings: Ceilings;
  readonly phases: readonly PhaseProfile[];
  /** Milliseconds since 1970, when the worker sent it: the page adds what it took to arrive. */
  readonly sentAt: number;
}
