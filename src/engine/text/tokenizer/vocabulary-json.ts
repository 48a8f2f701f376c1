import { ModelFormatError, UnsupportedModelError } from "../../../ground/errors";
import { preTokenizerByPattern, type PreTokenizerName } from "./pre-tokenizer";
import type { AddedToken, Vocabulary } from "./vocabulary";
import { splitMerge } from "./vocabulary-gguf";
import { mark, t } from "../../../language/language";

const hint = mark("The tokenizer.json is damaged or incomplete. Get it again, or choose another model.");

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a parsed tokenizer.json, and the tokenizer_config.json beside it for the chat template and the end
 * token. `chatTemplate` (a chat_template.jinja) goes before the one in the config.
 *
 * @throws UnsupportedModelError  when it is not a byte-level BPE with a known pre-tokenizer
 * @throws ModelFormatError  when a piece is missing or does not fit the others
 */
export function vocabularyFromJson(tokenizer: unknown, config: unknown, chatTemplate?: string): Vocabulary {
  const { model, pre_tokenizer: split, added_tokens: added } = object(tokenizer, "tokenizer.json");
  const { type, vocab, merges } = object(model, "model");
  if (type !== "BPE")
    throw new UnsupportedModelError(
      t('The tokenizer is of kind {stringify}; Qwen3.5\'s is a byte-level "BPE".', {
        stringify: JSON.stringify(type),
      }),
      { hint: t("Choose a Qwen3.5 model.") },
    );
  if (!Array.isArray(merges))
    throw new ModelFormatError(t('"model.merges" is not an array.'), { hint: t(hint) });

  const addedTokens = (Array.isArray(added) ? added : []).map(readAddedToken);
  const tokens: (string | undefined)[] = [];
  for (const [text, id] of Object.entries(object(vocab, "model.vocab"))) {
    if (!isId(id))
      throw new ModelFormatError(t('Token "{text}" has id {id}.', { text, id: String(id) }), {
        hint: t(hint),
      });
    tokens[id] = text;
  }
  // Added tokens take ids beyond the vocabulary as a rule; where a file lists one in both, it is an added
  // token.
  for (const { id } of addedTokens) tokens[id] = undefined;
  const settings = config === undefined ? {} : object(config, "tokenizer_config.json");
  const eos = addedTokens.find(({ text }) => text === tokenText(settings["eos_token"]));
  return {
    tokens: Array.from(tokens),
    merges: merges.map(readMerge),
    addedTokens,
    preTokenizer: findPreTokenizer(split),
    eosIds: eos ? [eos.id] : [],
    chatTemplate: chatTemplate ?? readTemplate(settings["chat_template"]),
    notes: [],
  };
}

function readAddedToken(value: unknown): AddedToken {
  const { id, content, special, ...flags } = object(value, "added_tokens entry");
  if (!isId(id) || typeof content !== "string" || content === "")
    throw new ModelFormatError(
      t("An added token has id {id} and content {content}.", { id: String(id), content: String(content) }),
      {
        hint: t(hint),
      },
    );
  for (const flag of ["lstrip", "rstrip", "single_word"])
    if (flags[flag] === true)
      throw new UnsupportedModelError(
        t('Added token "{content}" asks for "{flag}", which no Qwen3.5 token does.', { content, flag }),
        {
          hint: t("Choose a Qwen3.5 model."),
        },
      );
  return { id, text: content, isControl: special === true };
}

function readMerge(merge: unknown): readonly [string, string] {
  if (typeof merge === "string") return splitMerge(merge);
  if (
    Array.isArray(merge) &&
    merge.length === 2 &&
    typeof merge[0] === "string" &&
    typeof merge[1] === "string"
  )
    return [merge[0], merge[1]];
  throw new ModelFormatError(
    t("The merge {stringify} is not two tokens.", { stringify: JSON.stringify(merge) }),
    { hint: t(hint) },
  );
}

/** The one Split in the (possibly nested) pre-tokenizer. */
function findPreTokenizer(value: unknown): PreTokenizerName {
  const { type, pretokenizers, pattern } = object(value, "pre_tokenizer");
  const parts = type === "Sequence" && Array.isArray(pretokenizers) ? pretokenizers : [{ type, pattern }];
  const splits = parts
    .map((part) => object(part, "pre_tokenizer"))
    .filter((part) => part["type"] === "Split");
  const regex =
    splits.length === 1 ? object(splits[0]!["pattern"], "pre_tokenizer.pattern")["Regex"] : undefined;
  if (typeof regex !== "string")
    throw new UnsupportedModelError(
      t("The pre-tokenizer is a {type} with {nSplits} regular expressions; Qwen3.5's has 1.", {
        type: String(type),
        nSplits: splits.length,
      }),
      { hint: t("Choose a Qwen3.5 model.") },
    );
  return preTokenizerByPattern(regex);
}

/** A template, or the one named "default" of several. */
function readTemplate(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (!Array.isArray(value)) return undefined;
  const named = value.map((entry) => object(entry, "chat_template entry"));
  const chosen = named.find((entry) => entry["name"] === "default") ?? named[0];
  return readTemplate(chosen?.["template"]);
}

/** Special tokens are named by their text or by an object that holds it. */
const tokenText = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "content" in value ? value.content : value;

/** More than any vocabulary has (248,320), so that one wrong id can not make an array of billions. */
const maxId = 1 << 22;
const isId = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= maxId;

function object(value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new ModelFormatError(t('"{what}" is missing or not an object.', { what }), { hint: t(hint) });
}
