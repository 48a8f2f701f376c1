import type { PreTokenizerName } from "./pre-tokenizer";
import { type Sentence } from "../../../language/language";

/** A file's vocabulary, in one form for GGUF metadata and tokenizer.json. */
export interface Vocabulary {
  /** Byte-level tokens that BPE may produce, by id; ids of added and unused tokens are `undefined`. */
  readonly tokens: readonly (string | undefined)[];
  /** Pairs to merge, best first. */
  readonly merges: readonly (readonly [left: string, right: string])[];
  /** Tokens that stand for a whole string and are never made by BPE, such as `<|im_end|>` and `<think>`. */
  readonly addedTokens: readonly AddedToken[];
  readonly preTokenizer: PreTokenizerName;
  /** End-of-sequence ids that the file names. */
  readonly eosIds: readonly number[];
  /** `undefined`: the file has none. */
  readonly chatTemplate: string | undefined;
  /** Sentences about what the file lacks or says wrongly, and what is done instead. */
  readonly notes: readonly Sentence[];
}

export interface AddedToken {
  readonly id: number;
  readonly text: string;
  /**
   * Control tokens are never shown; the others (`<think>`, `<tool_call>`) are text that happens to have one
   * id.
   */
  readonly isControl: boolean;
}
