import { ModelFormatError, UnsupportedModelError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import { preTokenizerByName } from "./pre-tokenizer";
import type { AddedToken, Vocabulary } from "./vocabulary";
import { mark, t, type Sentence } from "../../../language/language";

const hint = mark(
  "The file's tokenizer is damaged or incomplete. Get the file again, or choose another one.",
);

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
      t('The file\'s tokenizer is of kind "{model}"; Qwen3.5\'s is "gpt2" (byte-level BPE).', { model }),
      { hint: t("Choose a Qwen3.5 model.") },
    );
  const notes: Sentence[] = [];
  const texts = list(metadata, "tokenizer.ggml.tokens", isString);
  const pre = metadata.has("tokenizer.ggml.pre") ? text(metadata, "tokenizer.ggml.pre") : undefined;
  const preTokenizer = preTokenizerByName(pre, texts.length);
  if (preTokenizer.note !== undefined) notes.push(preTokenizer.note);
  const hasTypes = metadata.has("tokenizer.ggml.token_type");
  const types = hasTypes
    ? list(metadata, "tokenizer.ggml.token_type", isNumber)
    : texts.map(() => tokenType.normal);
  if (types.length !== texts.length)
    throw new ModelFormatError(
      t("The file has {tokens} but {tokenTypes}.", {
        tokens: counted(texts.length, "token"),
        tokenTypes: counted(types.length, "token type"),
      }),
      {
        hint: t(hint),
      },
    );

  const addedTokens: AddedToken[] = [];
  let nRetyped = 0;
  const tokens = texts.map((tokenText, id) => {
    const isMistyped = types[id] === tokenType.normal && isTag(tokenText);
    if (isMistyped) nRetyped++;
    const type = isMistyped ? typeOfTag(tokenText) : types[id];
    if (type === tokenType.control || type === tokenType.userDefined)
      addedTokens.push({ id, text: tokenText, isControl: type === tokenType.control });
    return type === tokenType.normal ? tokenText : undefined;
  });
  const merges = list(metadata, "tokenizer.ggml.merges", isString).map(splitMerge);

  if (nRetyped > 0)
    notes.push(
      hasTypes
        ? t("The file says that {nRetyped} of its tags are plain text. Each is taken for one token.", {
            nRetyped: formatCount(nRetyped),
          })
        : t("The file does not say which of its tokens are tags. Each is taken for one token."),
    );
  return {
    tokens,
    merges,
    addedTokens,
    preTokenizer: preTokenizer.name,
    eosIds: eosIds(metadata, texts.length),
    chatTemplate: templateOfGguf(metadata),
    notes,
  };
}

/** Tags of the family, which a converter may have taken for text. */
const shownTags: ReadonlySet<string> = new Set(
  ["think", "tool_call", "tool_response"].flatMap((name) => [`<${name}>`, `</${name}>`]),
);
const isTag = (tokenText: string) => shownTags.has(tokenText) || /^<\|[a-z0-9_]+\|>$/.test(tokenText);
const typeOfTag = (tokenText: string) =>
  shownTags.has(tokenText) ? tokenType.userDefined : tokenType.control;

const TEMPLATE = "tokenizer.chat_template";

/** The file's chat template; of several the one named default, or the first that is for no special use. */
export function templateOfGguf(metadata: ReadonlyMap<string, unknown>): string | undefined {
  const named = [...metadata.keys()].filter((key) => key.startsWith(`${TEMPLATE}.`));
  const special = /tool|rag|json/i;
  const keys = [TEMPLATE, `${TEMPLATE}.default`, ...named.filter((key) => !special.test(key)), ...named];
  for (const key of keys) {
    const template = metadata.get(key);
    if (typeof template === "string" && template.trim() !== "") return template;
  }
  return undefined;
}

/** "left right" in two; a token may begin with anything but is never empty. */
export function splitMerge(merge: string): [left: string, right: string] {
  const at = merge.indexOf(" ", 1);
  if (at < 0 || at === merge.length - 1)
    throw new ModelFormatError(t('The merge "{merge}" is not two tokens with a space between.', { merge }), {
      hint: t(hint),
    });
  return [merge.slice(0, at), merge.slice(at + 1)];
}

/**
 * Ids that are none, as -1 and 4294967295, say that the file names no end: the family's own tokens end an
 * answer.
 */
function eosIds(metadata: ReadonlyMap<string, unknown>, nTokens: number): number[] {
  return ["tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"]
    .map((key) => metadata.get(key))
    .filter((id): id is number => isNumber(id) && Number.isInteger(id) && id >= 0 && id < nTokens);
}

const isString = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";

function text(metadata: ReadonlyMap<string, unknown>, key: string): string {
  const value = metadata.get(key);
  if (isString(value)) return value;
  throw new ModelFormatError(
    value === undefined
      ? t('The file has no "{key}".', { key })
      : t('"{key}" is a {value}, not a string.', { key, value: typeof value }),
    { hint: t(hint) },
  );
}

function list<T>(
  metadata: ReadonlyMap<string, unknown>,
  key: string,
  isEntry: (value: unknown) => value is T,
): T[] {
  const value = metadata.get(key);
  if (value === undefined)
    throw new ModelFormatError(t('The file has no "{key}".', { key }), { hint: t(hint) });
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  if (!isList)
    throw new ModelFormatError(t('"{key}" is a {value}, not an array.', { key, value: typeof value }), {
      hint: t(hint),
    });
  const entries = Array.from(value as ArrayLike<unknown>);
  const wrong = entries.findIndex((entry) => !isEntry(entry));
  if (wrong >= 0)
    throw new ModelFormatError(
      t('Entry {wrong} of "{key}" is a {value}.', { wrong, key, value: typeof entries[wrong] }),
      { hint: t(hint) },
    );
  return entries as T[];
}
