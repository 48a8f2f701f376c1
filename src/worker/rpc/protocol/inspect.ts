import type { BegunAnswer } from "../../../ground/answer";
import type { PromptMode } from "../../../ground/prompt-mode";
import type { SamplingSettings } from "../../../ground/sampling";
import type { StateTrace } from "../../../instruments/debug/inspect-state";
import type { LayerPlan } from "../../../instruments/debug/layer-plan";
import type { MemoryLine } from "../../../instruments/debug/memory-lines";
import type { PublishedSize } from "../../../instruments/debug/published-sizes";
import type { ModelId } from "./model";
import type { QuantizePlan } from "./load";
import type { ChatMessage } from "./chat";

export type { EngineReport, FeatureReport } from "../../../instruments/debug/engine-report";
export type { LayerPlan } from "../../../instruments/debug/layer-plan";
export type { MemoryLine } from "../../../instruments/debug/memory-lines";
export type { PublishedSize } from "../../../instruments/debug/published-sizes";

/** An answer that is looked into, and how it was drawn. */
export interface InspectRequest extends PromptMode {
  readonly answerId: string;
  /** The messages that it answers. */
  readonly messages: readonly ChatMessage[];
  /** The answer's text. */
  readonly answer: BegunAnswer;
  readonly sampling: SamplingSettings;
  /**
   * Tokens from here on are left out, so that the earlier ones of a long answer can be traced; `null`: none.
   */
  readonly endToken: number | null;
}

export interface StateReport extends StateTrace {
  /** Tokens of the conversation up to the end of the answer; `nTokens` of them were read. */
  readonly totalTokens: number;
  readonly ids: readonly number[];
  /** The text of every token that was read. */
  readonly texts: readonly string[];
  /** The ids are those that were drawn; else its text was encoded again, which may split it otherwise. */
  readonly isAsDrawn: boolean;
  /** The text of every id that is a candidate somewhere. */
  readonly candidateTexts: Readonly<Record<number, string>>;
  /** The number of them that were the prompt. */
  readonly promptLength: number;
  /** Names of the steps that a candidate has probabilities after. */
  readonly steps: readonly string[];
}

/** A model to plan for. */
export type PlanTarget =
  | { readonly kind: "stored"; readonly id: ModelId }
  /** By the numbers that were published for it. */
  | { readonly kind: "published"; readonly size: PublishedSize }
  /** By the headers of this repository's GGUF or safetensors; `repo` as a person writes it. */
  | { readonly kind: "hub"; readonly repo: string };

export interface LayerPlanReport extends LayerPlan {
  /** Only sizes are known: the weights are taken as a published 4-bit file mixes its types. */
  readonly isUsualMix: boolean;
  /** The plan of plain weights, where there is something to choose. */
  readonly quantize: QuantizePlan | null;
}

/**
 * The allocator's counts now. Nothing is asked of the GPU for it, so it can be had while a model loads or
 * answers.
 */
export interface MemoryReport {
  /** All that lives; `liveBytes` is their sum. */
  readonly lines: readonly MemoryLine[];
  readonly liveBytes: number;
  readonly peakBytes: number;
  /** `null` while no model is ready. */
  readonly context: {
    readonly model: ModelId;
    readonly usedTokens: number;
    readonly contextLength: number;
    /** The bytes of a full-attention layer's cache that hold a token. */
    readonly kvUsedBytesPerLayer: number;
  } | null;
}

export interface DeviceReport {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** It computes on the processor, many times slower than a graphics card. */
  readonly isSoftware: boolean;
  readonly hasF16: boolean;
  readonly hasSubgroups: boolean;
  /** Multiplies packed 8-bit numbers. */
  readonly hasInt8Dot: boolean;
  readonly maxBindingBytes: number;
  readonly maxBufferBytes: number;
  /**
   * Bytes the engine plans to use at most; WebGPU does not say how much there is, so this is a guess the
   * person can change.
   */
  readonly budgetBytes: number;
}
