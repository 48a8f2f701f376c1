import type { BegunAnswer, ContextParts, FinishReason } from "../../ground/answer";
import type { NamedPassage } from "../../ground/document";
import type { KvType } from "../../ground/kv-type";
import type { MemoryKind } from "../../ground/memory-kind";
import type { BundledOrigin, HubOrigin, ModelOrigin, UrlOrigin } from "../../ground/model-origin";
import type { QuantizeChoice } from "../../ground/quantize-choice";
import type { SamplingSettings } from "../../ground/sampling";
import type { BenchProgress, BenchReport, ContextReport } from "../../instruments/bench/report";
import type { EngineReport, FeatureReport } from "../../instruments/debug/engine-report";
import type { StateTrace } from "../../instruments/debug/inspect-state";
import type { LayerPlan } from "../../instruments/debug/layer-plan";
import type { MemoryLine } from "../../instruments/debug/memory-lines";
import type { PublishedSize } from "../../instruments/debug/published-sizes";
import type {
  CostedTime,
  PhaseProfile,
  ProfileReport,
  ProfileRequest,
} from "../../instruments/bench/profile-report";
import type { WireError } from "../../ground/errors";
import type { LabProgress, LabRequest, LabResult } from "../../instruments/lab/report";
import type { Transport } from "../../engine/runtime/load";
import type { MemoryEstimate } from "../../engine/runtime/memory-estimate";
import type { Precision } from "../../engine/runtime/compile/prefill-products";
import type { HubChoice, SetAside } from "../../engine/weights/hub/hub-choices";

export type {
  ExperimentId,
  KeyKind,
  LabChart,
  LabCurve,
  LabRequest,
  RuleId,
} from "../../instruments/lab/report";
export type { LabProgress, LabResult };
export type { CostedTime, PhaseProfile, ProfileReport, ProfileRequest };
export type {
  BenchProgress,
  BenchReport,
  ContextReport,
  EngineReport,
  FeatureReport,
  LayerPlan,
  MemoryLine,
  PublishedSize,
};
/** Identifies a stored model file; stable across visits. */
export type ModelId = string;

/** A model that a repository offers. */
export interface HubModel extends HubChoice {
  /** About, for contexts that the model and the device allow; empty when it is not known. */
  readonly memory: readonly MemoryEstimate[];
}

/** The models of a repository at one commit. */
export interface HubRepository extends Omit<HubOrigin, "kind" | "files"> {
  readonly kind: "repository";
  readonly isGated: boolean;
  /** The smallest first. */
  readonly models: readonly HubModel[];
  readonly setAside: readonly SetAside[];
  /** The name of the model to propose; `null` when none can be run. */
  readonly suggested: string | null;
  /** The name of the model that was asked for by its file or quantization. */
  readonly asked: string | null;
  /** The file or quantization that was asked for and is not there. */
  readonly missing: string | null;
}

export type FoundModels =
  HubRepository | { readonly kind: "link"; readonly url: string; readonly fileName: string };

/** Where a model is to come from. */
export type ModelSource =
  | BundledOrigin
  | UrlOrigin
  | HubOrigin
  | {
      readonly kind: "file";
      readonly file: File;
      /** Of a split model the other files, in any order. */
      readonly shards?: readonly File[];
      /** Picked together with it; a file without a tokenizer finds it there. */
      readonly companions?: readonly File[];
      /** The name of the folder that they were in, where it is known. */
      readonly folder?: string;
    };

export interface StoredModel {
  readonly id: ModelId;
  readonly name: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly origin: ModelOrigin;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  readonly lastUsedAt: number | null;
}

export interface DeviceReport {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly hasF16: boolean;
  readonly hasSubgroups: boolean;
  /** Multiplies packed 8-bit numbers. */
  readonly hasInt8Dot: boolean;
  readonly maxBindingBytes: number;
  readonly maxBufferBytes: number;
  /** Bytes the engine plans to use at most; WebGPU does not say how much there is, so this is a guess the person can change. */
  readonly budgetBytes: number;
}

/** What a file's header tells, before anything else of it is read. */
export interface ModelDescription {
  readonly name: string;
  readonly sizeBytes: number;
  readonly nParameters: number;
  /** Tensor types by share of bytes, largest first, e.g. `[["Q4_K", 0.61], ["Q6_K", 0.38]]`. */
  readonly types: readonly (readonly [type: string, share: number])[];
  readonly nLayers: number;
  readonly hiddenSize: number;
  /** The longest context the file says the model was made for. */
  readonly contextLength: number;
  readonly thinking: { readonly supported: boolean; readonly byDefault: boolean };
  readonly sampling: { readonly thinking: SamplingSettings; readonly answering: SamplingSettings };
}

/** Matrices that lie on the GPU in another format than in the file. */
export interface TranscodedTensors {
  /** As in the file, e.g. "IQ4_XS". */
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

/** What plain weights, as safetensors have them, become on the GPU, and the whole plan's bytes with each choice. */
export interface QuantizePlan {
  readonly choice: QuantizeChoice;
  /** As they are stored, e.g. "BF16". */
  readonly plainType: string;
  readonly choices: readonly { readonly choice: QuantizeChoice; readonly totalBytes: number }[];
}

export interface MemoryPlan {
  readonly contextLength: number;
  readonly kv: KvType;
  /** The factor that was asked for; `null` also where the file has its own. */
  readonly yarn: number | null;
  /** Of the products that read prompts. */
  readonly precision: Precision;
  /** `null` where there is nothing to choose: weights that are quantized already keep their values. */
  readonly quantize: QuantizePlan | null;
  readonly transcoded: readonly TranscodedTensors[];
  readonly rows: readonly { readonly kind: MemoryKind; readonly bytes: number }[];
  readonly totalBytes: number;
  readonly budgetBytes: number;
}

export type LoadProgress =
  | { readonly phase: "reading"; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly phase: "compiling"; readonly compiled: number; readonly total: number }
  | { readonly phase: "warming" };

export interface FetchProgress {
  /** What the model is stored under: to delete what has come of it. */
  readonly id: ModelId;
  readonly receivedBytes: number;
  readonly totalBytes: number;
  /** Over the last seconds; `null` while it can not be told. */
  readonly bytesPerSecond: number | null;
  /** A connection broke, and is about to be made again. */
  readonly isRetrying: boolean;
  /** Another tab is storing this model; this one waits for it, and knows nothing of how far it is. */
  readonly isWaiting: boolean;
}

/** A model whose download or copy was interrupted; the same source takes it up where it stopped. */
export interface UnfinishedModel extends StoredModel {
  readonly receivedBytes: number;
  /** A tab, perhaps another one, is storing it now. */
  readonly isActive: boolean;
  /** What is known of it is lost: it can only be deleted. */
  readonly isDamaged: boolean;
}

export interface VerifyProgress {
  readonly checkedBytes: number;
  readonly totalBytes: number;
}

export interface VerifyResult {
  readonly nParts: number;
  /** Counted from 0. */
  readonly damagedParts: readonly number[];
  /** Written without a hash by an earlier version: they could not be compared. */
  readonly nUnknown: number;
}

/** A document of a message. The worker reads its text from storage by its id. */
export interface PromptDocument {
  readonly id: string;
  readonly name: string;
  /** The part of it that is read, in characters; `null` for all of it. */
  readonly range: NamedPassage | null;
}

export interface DocumentCount {
  readonly countedParts: number;
  readonly totalParts: number;
}

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
  /** What the assistant thought before `content`; the template decides whether history keeps it. */
  readonly reasoning?: string;
  /** They stand before `content`. */
  readonly documents?: readonly PromptDocument[];
}

/** What to leave out of a conversation that is too long for the context, the oldest first. */
export interface Room {
  /** Indexes of the messages that go. Instructions, messages with documents and the last question stay. */
  readonly dropped: readonly number[];
  /** Questions among them. */
  readonly turns: number;
  readonly tokens: number;
  /** What is left; it may still be more than `contextLength`. */
  readonly promptTokens: number;
  readonly contextLength: number;
}

export interface GenerateRequest {
  /** What was read is saved under it, and found again by it; without one nothing is saved. */
  readonly chatId?: string;
  readonly messages: readonly ChatMessage[];
  readonly thinking: boolean;
  readonly sampling: SamplingSettings;
  /** `null`: until the model stops or the context is full. */
  readonly maxNewTokens: number | null;
  readonly begun?: BegunAnswer;
  /** The message that is written; what was drawn for it is looked into by the very ids. */
  readonly answerId?: string;
}

/** An answer that is looked into, and how it was drawn. */
export interface InspectRequest {
  readonly answerId: string;
  /** What it answers. */
  readonly messages: readonly ChatMessage[];
  readonly thinking: boolean;
  /** What it says. */
  readonly answer: BegunAnswer;
  readonly sampling: SamplingSettings;
  /** Tokens from here on are left out, so that the earlier ones of a long answer can be traced; `null`: none. */
  readonly endToken: number | null;
}

export type GenerateEvent =
  | {
      readonly kind: "reading";
      readonly readTokens: number;
      readonly totalTokens: number;
      /** Of `totalTokens`, those whose state was still there. */
      readonly reusedTokens: number;
      /** Over the last seconds; `null` while it can not be told. */
      readonly tokensPerSecond: number | null;
      readonly parts: ContextParts;
    }
  | {
      readonly kind: "writing";
      /** New text since the last event; either may be "". */
      readonly reasoning: string;
      readonly answer: string;
      readonly generatedTokens: number;
      readonly tokensPerSecond: number;
      readonly contextUsed: number;
      readonly parts: ContextParts;
    };

/** Why what was saved of a chat could not be gone on from; it was read anew. */
export interface NotReused {
  readonly code: "other-model" | "other-settings" | "damaged" | "missing";
  readonly message: string;
}

export interface GenerateResult {
  readonly finish: FinishReason;
  readonly seed: number;
  readonly promptTokens: number;
  readonly reusedTokens: number;
  readonly generatedTokens: number;
  readonly contextUsed: number;
  readonly contextLength: number;
  readonly parts: ContextParts;
  readonly prefillMs: number;
  readonly decodeMs: number;
  readonly notReused?: NotReused;
}

/** A conversation as its next prompt will begin: after an answer all of it, or what stands before a question being typed. */
export type PrepareRequest = Pick<GenerateRequest, "chatId" | "messages" | "thinking">;

export interface PrepareProgress {
  readonly readTokens: number;
  readonly totalTokens: number;
  readonly reusedTokens: number;
  /** Over the last seconds; `null` while it can not be told. */
  readonly tokensPerSecond: number | null;
}

export interface PrepareResult extends PrepareProgress {
  /** What reading took, without saving. */
  readonly readMs: number;
  /** Stored for another visit. */
  readonly isSaved: boolean;
}

/** What is saved of a chat that was read, all its branches together. */
export interface SavedReading {
  readonly chatId: string;
  readonly modelName: string;
  /** Of its longest branch. */
  readonly nTokens: number;
  /** Parts that other chats share are counted in each. */
  readonly sizeBytes: number;
  readonly savedAt: number;
}

export interface SavedReadings {
  readonly readings: readonly SavedReading[];
  /** Shared parts counted once. */
  readonly usedBytes: number;
  readonly budgetBytes: number;
}

export interface LoadOptions {
  readonly contextLength: number;
  /** What plain weights become; `null` or absent: as the memory allows. */
  readonly quantize?: QuantizeChoice | null;
  /** How keys and values are kept; `null` or absent: in 8 bits for contexts of 8,192 tokens and more. */
  readonly kv?: KvType | null;
  /** Stretches the rotation to so many times the context the model was made for; `null` or absent: as the file says. */
  readonly yarn?: number | null;
  /** Prompts are read with the inputs of products rounded to 8 bits, where the device multiplies such numbers; absent: not. */
  readonly int8?: boolean;
}

export interface LoadedModel {
  readonly id: ModelId;
  readonly description: ModelDescription;
  readonly plan: MemoryPlan;
  readonly contextLength: number;
  /** The parts of this load, in milliseconds from its beginning; they overlap. The last one draws a first token. */
  readonly stages: readonly { readonly name: string; readonly startMs: number; readonly endMs: number }[];
  /** How the weights came to the GPU, perhaps in an earlier load: another context keeps them. */
  readonly transport: Transport;
  /** What the tuner chose for this device; empty on software adapters. */
  readonly tuned: readonly TunedProduct[];
}

/** Bytes that were read, and how long that took. */
export interface ReadRate {
  readonly bytes: number;
  readonly ms: number;
}

export interface TunedProduct {
  /** Format and size of the matrix, or heads of the delta rule. */
  readonly shape: string;
  readonly choice: string;
  readonly source: "remembered" | "measured";
  /** Candidates that are wrong or do not run on this device. */
  readonly rejected: readonly { readonly choice: string; readonly reason: string }[];
  /** Of the others, what each took in this visit; empty where the choice was remembered. */
  readonly timings: readonly { readonly choice: string; readonly milliseconds: number }[];
}

export interface BenchRequest {
  readonly promptTokens: number;
  readonly newTokens: number;
  /** 0: the prompt alone. */
  readonly contextLengths: readonly number[];
}

/** What the allocator counts now. Nothing is asked of the GPU for it, so it can be had while a model loads or answers. */
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
    /** Of a full-attention layer's cache, the bytes that hold a token. */
    readonly kvUsedBytesPerLayer: number;
  } | null;
}

export interface StateReport extends StateTrace {
  /** Tokens of the conversation up to the end of the answer; `nTokens` of them were read. */
  readonly totalTokens: number;
  readonly ids: readonly number[];
  /** The text of every token that was read. */
  readonly texts: readonly string[];
  /** The ids are those that were drawn; else its text was encoded again, which may split it otherwise. */
  readonly isAsDrawn: boolean;
  /** Of every id that is a candidate somewhere. */
  readonly candidateTexts: Readonly<Record<number, string>>;
  /** How many of them were the prompt. */
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
  /** Where there is something to choose. */
  readonly quantize: QuantizePlan | null;
}

/**
 * What the worker can be asked, by name. Arguments are structured-cloned. A call is answered once, by its result or a
 * {@link WireError}; calls with a `progress` type push any number of those before.
 */
export interface EngineCalls {
  /** Opens the device. `budgetBytes`: GPU memory that models may take, `null` for an estimate; another call changes it. */
  start: { args: [budgetBytes: number | null]; result: DeviceReport; progress: never };
  listModels: { args: []; result: readonly StoredModel[]; progress: never };
  /** Keeps where a model's files are, without copying them. `companions` were picked together with them. */
  addInPlace: {
    args: [handles: readonly FileSystemFileHandle[], companions: readonly File[]];
    result: StoredModel;
    progress: never;
  };
  /** Looks a repository, a page of a hub or a link up, as a person types it. Fetches no model. */
  findModels: { args: [text: string]; result: FoundModels; progress: never };
  /** The newest commit where that has other files for a stored model of a hub; `null` when what is stored is the newest. */
  findUpdate: { args: [id: ModelId]; result: HubOrigin | null; progress: never };
  /** Reads only the header, over the network if it has to. */
  inspect: { args: [source: ModelSource]; result: ModelDescription; progress: never };
  describe: { args: [id: ModelId]; result: ModelDescription; progress: never };
  /**
   * Downloads or copies a file into storage; the same source again answers at once with what is stored, or goes on where it was
   * interrupted. Cancelling keeps what has come.
   */
  fetchModel: { args: [source: ModelSource]; result: StoredModel; progress: FetchProgress };
  listUnfinished: { args: []; result: readonly UnfinishedModel[]; progress: never };
  /** Reads all of it and compares the hash of every part. */
  verifyModel: { args: [id: ModelId]; result: VerifyResult; progress: VerifyProgress };
  /** Takes these parts again, and no others: from where the model came or, of one that was copied, from the file that was picked again. */
  repairModel: {
    args: [id: ModelId, parts: readonly number[], picked?: ModelSource];
    result: void;
    progress: FetchProgress;
  };
  /** Finished or not. */
  deleteModel: { args: [id: ModelId]; result: void; progress: never };
  plan: { args: [id: ModelId, options: LoadOptions]; result: MemoryPlan; progress: never };
  load: { args: [id: ModelId, options: LoadOptions]; result: LoadedModel; progress: LoadProgress };
  unload: { args: []; result: void; progress: never };
  /** Reads a model's bytes from where they are, one after another, and does nothing with them: what a load is compared with. */
  readBare: { args: [id: ModelId]; result: ReadRate; progress: never };
  /** Tokens of each part of a stored document, for a stored model, whether or not it is loaded. */
  countDocument: {
    args: [modelId: ModelId, documentId: string];
    result: readonly number[];
    progress: DocumentCount;
  };
  /** Reads a conversation up to the end of an answer again, beside the state, and tells what it does there. */
  inspectState: {
    args: [request: InspectRequest];
    result: StateReport;
    progress: { readonly readTokens: number; readonly totalTokens: number };
  };
  engineReport: { args: []; result: EngineReport; progress: never };
  memory: { args: []; result: MemoryReport; progress: never };
  /** By layer, and over the length of the context; from a header or from published numbers. */
  planLayers: { args: [target: PlanTarget, options: LoadOptions]; result: LayerPlanReport; progress: never };
  generate: { args: [request: GenerateRequest]; result: GenerateResult; progress: GenerateEvent };
  /** What could be left out of a prompt for which there is no room, and what that frees. */
  makeRoom: {
    args: [request: Pick<GenerateRequest, "messages" | "thinking" | "begun">];
    result: Room;
    progress: never;
  };
  /**
   * Idle work: reads what the next prompt will begin with and saves it. Any later call that needs the GPU ends it at once; what was read
   * stays, and it resolves with that.
   */
  prepare: { args: [request: PrepareRequest]; result: PrepareResult; progress: PrepareProgress };
  /**
   * Idle work, as `prepare`: gives back what the context of another chat than this one takes, once that is stored. What can not be stored
   * stays.
   */
  leaveOthers: { args: [openChatId: string]; result: void; progress: never };
  savedReadings: { args: []; result: SavedReadings; progress: never };
  /** Deletes what is saved of chats. */
  forgetChats: { args: [chatIds: readonly string[]]; result: void; progress: never };
  /** Bytes that saved reading may take; 0 saves nothing. What does not fit is deleted at once. */
  limitSavedReading: { args: [bytes: number]; result: void; progress: never };
  /** Measures the device and the loaded model, on a state of its own: the conversation's stays as it is. */
  bench: { args: [request: BenchRequest]; result: BenchReport; progress: BenchProgress };
  /** Times kernels, layers and a whole step of the loaded model, on a state of its own. */
  profile: { args: [request: ProfileRequest]; result: ProfileReport; progress: BenchProgress };
  /** Finds what states of a fixed size recall, by rule. Needs no model. */
  runLab: { args: [request: LabRequest]; result: LabResult; progress: LabProgress };
}

export type CallName = keyof EngineCalls;

/** Page → worker. `cancel` names an earlier call: a download or load rejects with "cancelled", a `generate` resolves with finish "stopped". */
export type ToWorker =
  | { readonly type: "call"; readonly id: number; readonly name: CallName; readonly args: readonly unknown[] }
  | { readonly type: "cancel"; readonly id: number };

/** Worker → page. `device-lost` belongs to no call: the model is gone and has to be loaded again. */
export type FromWorker =
  | { readonly type: "progress"; readonly id: number; readonly progress: unknown }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | { readonly type: "error"; readonly id: number; readonly error: WireError }
  | { readonly type: "device-lost"; readonly error: WireError };
