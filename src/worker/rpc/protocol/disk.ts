import type { MemoryEstimate } from "../../../engine/runtime/memory-estimate";
import { type Sentence } from "../../../language/language";

/** A file of a folder that the person picked: itself, or the handle that reads it where it lies. */
export interface DiskFile {
  /** From the folder that was picked, its own name first: "models/blobs/sha256-…". */
  readonly path: string;
  readonly file: File | FileSystemFileHandle;
}

/** A model that lies in a folder already. */
export interface DiskModel {
  /** The name that the program which put it there gives it, such as "qwen3.5:9b". */
  readonly name: string;
  /** The program, or the folder that it is in. */
  readonly where: Sentence;
  /** Paths of the files with weights, in order. */
  readonly files: readonly string[];
  /** Paths of config.json, tokenizer.json and the like beside them. */
  readonly companions: readonly string[];
  readonly sizeBytes: number;
  /** About, by length of context; empty when it is not known. */
  readonly memory: readonly MemoryEstimate[];
  /** Why it can not be run; `null` when it may be. */
  readonly refusal: Sentence | null;
}

/** Something in a folder that looks like a model and is none, or not wholly there. */
export interface DiskLeftOut {
  readonly name: string;
  readonly reason: Sentence;
}

export interface DiskListing {
  /** Those that run first, then by name. */
  readonly models: readonly DiskModel[];
  readonly leftOut: readonly DiskLeftOut[];
}
