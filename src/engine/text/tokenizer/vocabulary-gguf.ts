import { ModelFormatError, UnsupportedModelError } from "../../../ground/errors";
import { counted } from "../../../ground/figures";
import { preTokenizerByName } from "./pre-tokenizer";
import type { AddedToken, Vocabulary } from "./vocabulary";

const hint = "The file's tokenizer is damaged or incomplete. Get the file again, or choose another one.";

/**
 * Values of `tokenizer.ggml.token_type`; unused (5) tokens fill the vocabulary up to the embedding's rows.
 */
const tokenType = { normal: 1, control: 3, userDefined: 4 };

/**
 * Reads the tokenizer from GGUF metadata.
 *
 * @throws UnsupportedModelError  when it is not a byte-level BPE with a known pre-tokenizer
 * @throws ModelFormatError  when a piece is missing or does not fit the others
 */
export function vocabularyFromGguf(metadata: ReadonlyMap<string, unknown>): Vocabulary {
  const model = text(metadata, "tokenizer.ggml.model");
  if (model !== "gpt2")
    throw new UnsupportedModelError(
      `The file's tokenizer is of kind "${model}"; Qwen3.5's is "gpt2" (byte-level BPE).`,
      { hint: "Choose a Qwen3.5 model." },
    );
  const preTokenizer = preTokenizerByName(text(metadata, "tokenizer.ggml.pre"));
  const texts = list(metadata, "tokenizer.ggml.tokens", isString);
  const types = list(metadata, "tokenizer.ggml.token_type", isNumber);
  if (types.length !== texts.length)
    throw new ModelFormatError(
      `The file has ${counted(texts.length, "token")} but ${counted(types.length, "token type")}.`,
      {
        hint,
      },
    );

  const addedTokens: AddedToken[] = [];
  const tokens = texts.map((tokenText, id) => {
    const type = types[id];
    if (type === tokenType.control || type === tokenType.userDefined)
      addedTokens.push({ id, text: tokenText, isControl: type === tokenType.control });
    return type === tokenType.normal ? tokenText : undefined;
  });
  const merges = list(metadata, "tokenizer.ggml.merges", isString).map(splitMerge);

  const template = metadata.get("tokenizer.chat_template");
  return {
    tokens,
    merges,
    addedTokens,
    preTokenizer,
    eosIds: eosIds(metadata, texts.length),
    chatTemplate: typeof template === "string" && template.trim() !== "" ? template : undefined,
  };
}

/** "left right" in two; a token may begin with anything but is never empty. */
export function splitMerge(merge: string): [left: string, right: string] {
  const at = merge.indexOf(" ", 1);
  if (at < 0 || at === merge.length - 1)
    throw new ModelFormatError(`The merge "${merge}" is not two tokens with a space between.`, { hint });
  return [merge.slice(0, at), merge.slice(at + 1)];
}

function eosIds(metadata: ReadonlyMap<string, unknown>, nTokens: number): number[] {
  const ids: number[] = [];
  for (const key of ["tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"]) {
    const id = metadata.get(key);
    if (id === undefined) continue;
    if (!isNumber(id) || !Number.isInteger(id) || id < 0 || id >= nTokens)
      throw new ModelFormatError(
        `"${key}" is ${isNumber(id) ? id : `a ${typeof id}`}; ids go from 0 to ${nTokens - 1}.`,
        {
          hint,
        },
      );
    ids.push(id);
  }
  return ids;
}

const isString = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";

function text(metadata: ReadonlyMap<string, unknown>, key: string): string {
  const value = metadata.get(key);
  if (isString(value)) return value;
  throw new ModelFormatError(
    value === undefined ? `The file has no "${key}".` : `"${key}" is a ${typeof value}, not a string.`,
    { hint },
  );
}

function list<T>(
  metadata: ReadonlyMap<string, unknown>,
  key: string,
  isEntry: (value: unknown) => value is T,
): T[] {
  const value = metadata.get(key);
  if (value === undefined) throw new ModelFormatError(`The file has no "${key}".`, { hint });
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  if (!isList) throw new ModelFormatError(`"${key}" is a ${typeof value}, not an array.`, { hint });
  const entries = Array.from(value as ArrayLike<unknown>);
  const wrong = entries.findIndex((entry) => !isEntry(entry));
  if (wrong >= 0)
    throw new ModelFormatError(`Entry ${wrong} of "${key}" is a ${typeof entries[wrong]}.`, { hint });
  return entries as T[];
}
