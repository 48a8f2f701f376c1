import type { Ceilings } from "./ceilings";
import type { Precision } from "../../engine/runtime/compile/prefill-products";
import type { TokenCost } from "./count";
import type { TokenTime } from "./token-time";
import type { KernelTime } from "./kernel-times";
import { type Sentence } from "../../language/language";

export interface PrefillReport {
  readonly tokens: number;
  /** Tokens already in the context. */
  readonly contextLength: number;
  readonly tokensPerSecond: number;
  readonly operationsPerToken: number;
  /** The share of the measured product rate, in the arithmetic that the products use. */
  readonly shareOfProductCeiling: number;
  readonly dispatches: number;
  /** Tokens of the chunk that the kernels were timed with. */
  readonly chunk: number;
  readonly kernels: readonly KernelTime[];
}

export interface DecodeReport {
  readonly tokens: number;
  readonly contextLength: number;
  readonly tokensPerSecond: number;
  readonly dispatchesPerToken: number;
  readonly bytesPerToken: number;
  readonly cost: TokenCost;
  /** Such a token's times on five cards by a model: none of them has run it. */
  readonly predicted: readonly TokenTime[];
  /** Share of the time that the bytes alone would take at the read ceiling. */
  readonly shareOfReadCeiling: number;
  /** The same with the empty dispatches' bytes added. The budget is 0.85. */
  readonly shareOfFloor: number;
  readonly kernels: readonly KernelTime[];
}

export interface ContextReport {
  readonly prefill: PrefillReport;
  readonly decode: DecodeReport;
}

/**
 * The report that the bench page shows and `npm run bench -- --json` prints. `prefill` and `decode` are those
 * of the first context.
 */
export interface BenchReport extends ContextReport {
  readonly device: { readonly vendor: string; readonly architecture: string; readonly description: string };
  /** The precision of the products that read prompts. */
  readonly precision: Precision;
  readonly features: {
    readonly f16: boolean;
    readonly subgroups: boolean;
    readonly int8: boolean;
    readonly subgroupMatrix: boolean;
  };
  /** A software adapter: counts are results, times are not. */
  readonly isSoftware: boolean;
  readonly clock: { readonly source: "timestamps" | "wall clock"; readonly resolutionUs: number };
  readonly ceilings: Ceilings;
  readonly contexts: readonly ContextReport[];
  readonly gpuMemory: { readonly liveBytes: number; readonly peakBytes: number };
}

export interface BenchProgress {
  readonly doing: Sentence;
}
