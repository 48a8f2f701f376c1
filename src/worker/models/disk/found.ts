import { type Sentence } from "../../../language/language";
/** A model of a folder before its files were looked into. */
export interface Found {
  readonly name: string;
  readonly where: Sentence;
  readonly files: readonly string[];
  readonly companions: readonly string[];
  /** Its refusal, where that is known without a look. */
  readonly refusal?: Sentence | undefined;
  /** The name is that of the repository alone: the file's own quantization goes behind it. */
  readonly isUnnamed?: true;
}

export interface FoundIn {
  readonly found: readonly Found[];
  readonly leftOut: readonly { readonly name: string; readonly reason: Sentence }[];
  /** Returns whether a file has its place by now, and is no model of its own. */
  readonly isTaken: (path: string) => boolean;
}
