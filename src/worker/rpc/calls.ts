import type {
  ModelId,
  ModelSource,
  StoredModel,
  UnfinishedModel,
  ModelDescription,
  FetchProgress,
  VerifyProgress,
  VerifyResult,
  ReadRate,
} from "./protocol/model";
import type { FoundModels } from "./protocol/hub";
import type { LoadOptions, LoadProgress, LoadedModel, MemoryPlan } from "./protocol/load";
import type { DocumentCount, GenerateRequest, GenerateEvent, GenerateResult, Room } from "./protocol/chat";
import type { PrepareRequest, PrepareProgress, PrepareResult, SavedReadings } from "./protocol/reading";
import type {
  InspectRequest,
  StateReport,
  PlanTarget,
  LayerPlanReport,
  MemoryReport,
  DeviceReport,
  EngineReport,
} from "./protocol/inspect";
import type {
  BenchRequest,
  BenchProgress,
  BenchReport,
  ProfileReport,
  ProfileRequest,
  LabRequest,
  LabProgress,
  LabResult,
} from "./protocol/measure";
import type { HubOrigin } from "../../ground/model-origin";
import type { WireError } from "../../ground/errors";

/**
 * The calls that the worker answers, by name. Arguments are structured-cloned. A call is answered once, by
 * its result or a {@link WireError}; calls with a `progress` type push any number of those before.
 */
export interface EngineCalls {
  /**
   * Opens the device. `budgetBytes`: GPU memory that models may take, `null` for an estimate; another call
   * changes it.
   */
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
  /**
   * The newest commit where that has other files for a stored model of a hub; `null` when what is stored is
   * the newest.
   */
  findUpdate: { args: [id: ModelId]; result: HubOrigin | null; progress: never };
  /** Reads only the header, over the network if it has to. */
  inspect: { args: [source: ModelSource]; result: ModelDescription; progress: never };
  describe: { args: [id: ModelId]; result: ModelDescription; progress: never };
  /**
   * Downloads or copies a file into storage; the same source again answers at once with what is stored, or
   * goes on where it was interrupted. Cancelling keeps what has come.
   */
  fetchModel: { args: [source: ModelSource]; result: StoredModel; progress: FetchProgress };
  listUnfinished: { args: []; result: readonly UnfinishedModel[]; progress: never };
  /** Reads all of it and compares the hash of every part. */
  verifyModel: { args: [id: ModelId]; result: VerifyResult; progress: VerifyProgress };
  /**
   * Takes these parts again, and no others: from where the model came or, of one that was copied, from the
   * file that was picked again.
   */
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
  /**
   * Reads a model's bytes from where they are, one after another, and does nothing with them: what a load is
   * compared with.
   */
  readBare: { args: [id: ModelId]; result: ReadRate; progress: never };
  /** Tokens of each part of a stored document, for a stored model, whether or not it is loaded. */
  countDocument: {
    args: [modelId: ModelId, documentId: string];
    result: readonly number[];
    progress: DocumentCount;
  };
  /**
   * Reads a conversation up to the end of an answer again, beside the state, and tells what it does there.
   */
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
  /** Finds what could be left out of a prompt for which there is no room, and what that frees. */
  makeRoom: {
    args: [request: Pick<GenerateRequest, "messages" | "thinking" | "begun">];
    result: Room;
    progress: never;
  };
  /**
   * Idle work: reads what the next prompt will begin with and saves it. Any later call that needs the GPU
   * ends it at once; what was read stays, and it resolves with that.
   */
  prepare: { args: [request: PrepareRequest]; result: PrepareResult; progress: PrepareProgress };
  /**
   * Idle work, as `prepare`: gives back what the context of another chat than this one takes, once that is
   * stored. What can not be stored stays.
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

/**
 * Page → worker. `cancel` names an earlier call: a download or load rejects with "cancelled", a `generate`
 * resolves with finish "stopped".
 */
export type ToWorker =
  | { readonly type: "call"; readonly id: number; readonly name: CallName; readonly args: readonly unknown[] }
  | { readonly type: "cancel"; readonly id: number };

/** Worker → page. `device-lost` belongs to no call: the model is gone and has to be loaded again. */
export type FromWorker =
  | { readonly type: "progress"; readonly id: number; readonly progress: unknown }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | { readonly type: "error"; readonly id: number; readonly error: WireError }
  | { readonly type: "device-lost"; readonly error: WireError };
