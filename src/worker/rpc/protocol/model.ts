import type { PickedFiles } from "../../../engine/weights/bytes/picked-source";
import type { BundledOrigin, HubOrigin, ModelOrigin, UrlOrigin } from "../../../ground/model-origin";
import type { KnownModes } from "../../../ground/prompt-mode";
import type { DefaultSampling } from "../../../ground/sampling";
import { type Sentence } from "../../../language/language";

/** Identifies a stored model file; stable across visits. */
export type ModelId = string;

/** The place that a model is to come from. */
export type ModelSource =
  | BundledOrigin
  | UrlOrigin
  | HubOrigin
  | (PickedFiles & {
      readonly kind: "file";
      /** Picked together with it; a file without a tokenizer finds it there. */
      readonly companions?: readonly File[];
      /** The name of the folder that they were in, where it is known. */
      readonly folder?: string;
    });

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

/** A model whose download or copy was interrupted; the same source takes it up where it stopped. */
export interface UnfinishedModel extends StoredModel {
  readonly receivedBytes: number;
  /** A tab, perhaps another one, is storing it now. */
  readonly isActive: boolean;
  /** True when its facts are lost: it can only be deleted. */
  readonly isDamaged: boolean;
}

/** The facts of a file's header, before anything else of it is read. */
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
  readonly modes: KnownModes;
  readonly sampling: DefaultSampling;
  /** Sentences about what was guessed of the file. */
  readonly notes: readonly Sentence[];
}

export interface FetchProgress {
  /** The id that the model is stored under: to delete what has come of it. */
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

/** Bytes that were read, and how long that took. */
export interface ReadRate {
  readonly bytes: number;
  readonly ms: number;
}
