import type { KvType } from "../../../ground/kv-type";
import type { MemoryKind } from "../../../ground/memory-kind";
import type { QuantizeChoice } from "../../../ground/quantize-choice";
import type { Transport, LoadProgress as WeightsProgress } from "../../../engine/runtime/load";
import type { Precision } from "../../../engine/runtime/compile/prefill-products";
import type { ModelId, ModelDescription } from "./model";
import { type Sentence } from "../../../language/language";

export interface LoadOptions {
  readonly contextLength: number;
  /** The choice for plain weights; `null` or absent: as the memory allows. */
  readonly quantize?: QuantizeChoice | null;
  /** The type of keys and values; `null` or absent: 8 bits for contexts of 8,192 tokens and more. */
  readonly kv?: KvType | null;
  /**
   * Stretches the rotation to so many times the context the model was made for; `null` or absent: as the file
   * says.
   */
  readonly yarn?: number | null;
  /**
   * Prompts are read with the inputs of products rounded to 8 bits, where the device multiplies such numbers;
   * absent: not.
   */
  readonly int8?: boolean;
}

/**
 * A load that is planned: without a context of the person's choosing, `null`, the longest usual one that fits
 * the budget.
 */
export interface PlanOptions extends Omit<LoadOptions, "contextLength"> {
  readonly contextLength: number | null;
}

/** A stored model, and the memory it would use. */
export interface PlannedModel {
  readonly description: ModelDescription;
  readonly plan: MemoryPlan;
}

export type LoadProgress = WeightsProgress | { readonly phase: "warming" };

export interface LoadedModel {
  readonly id: ModelId;
  readonly description: ModelDescription;
  readonly plan: MemoryPlan;
  readonly contextLength: number;
  /**
   * The parts of this load, in milliseconds from its beginning; they overlap. The last one draws a first
   * token.
   */
  readonly stages: readonly { readonly name: string; readonly startMs: number; readonly endMs: number }[];
  /** The times of the weights' way to the GPU, perhaps in an earlier load: another context keeps them. */
  readonly transport: Transport;
  /** The tuner's choices for this device; empty on software adapters. */
  readonly tuned: readonly TunedProduct[];
  readonly check: NumbersCheck;
}

/** The same tokens through both sets of kernels, those that read prompts and those that draw answers. */
export interface NumbersCheck {
  /** Relative difference of the logits. */
  readonly difference: number;
  readonly nTokens: number;
  /** True where an earlier visit ran it, with the same device, browser and kernels. */
  readonly isRemembered: boolean;
  /**
   * The part after which the tuned kernels first differed ("layer 3" for instance), so that the plain ones
   * are used instead; `null` where they were right.
   */
  readonly replaced: string | null;
}

export interface TunedProduct {
  /** Format and size of the matrix, or heads of the delta rule. */
  readonly shape: string;
  readonly choice: string;
  readonly source: "remembered" | "measured";
  /** Candidates that are wrong or do not run on this device. */
  readonly rejected: readonly { readonly choice: string; readonly reason: Sentence }[];
  /** The times of the other choices in this visit; empty where the choice was remembered. */
  readonly timings: readonly { readonly choice: string; readonly milliseconds: number }[];
}

export interface MemoryPlan {
  readonly contextLength: number;
  readonly kv: KvType;
  /** The factor that was asked for; `null` also where the file has its own. */
  readonly yarn: number | null;
  /** The precision of the products that read prompts. */
  readonly precision: Precision;
  /** `null` where there is nothing to choose: weights that are quantized already keep their values. */
  readonly quantize: QuantizePlan | null;
  readonly transcoded: readonly TranscodedTensors[];
  readonly rows: readonly { readonly kind: MemoryKind; readonly bytes: number }[];
  readonly totalBytes: number;
  readonly budgetBytes: number;
}

/** Matrices that lie on the GPU in another format than in the file. */
export interface TranscodedTensors {
  /** The type in the file, e.g. "IQ4_XS". */
  readonly type: string;
  readonly format: string;
  /** Every value is kept. */
  readonly isLossless: boolean;
  readonly nTensors: number;
  /** Each once, without the layer's number, e.g. "ffn_down". */
  readonly names: readonly string[];
  readonly fileBytes: number;
  readonly gpuBytes: number;
}

/** The choices for plain weights, as safetensors have them, and the whole plan's bytes with each. */
export interface QuantizePlan {
  readonly choice: QuantizeChoice;
  /** The type they are stored in, e.g. "BF16". */
  readonly plainType: string;
  readonly choices: readonly { readonly choice: QuantizeChoice; readonly totalBytes: number }[];
}
