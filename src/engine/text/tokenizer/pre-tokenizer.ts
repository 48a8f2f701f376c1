import { UnsupportedModelError } from "../../../ground/errors";
import { t, verbatim, type Sentence } from "../../../language/language";

/**
 * The split before BPE, by the name that `tokenizer.ggml.pre` gives it. As in the models' own tokenizer.json,
 * so that one can be recognised there; the library rewrites them for JavaScript (`\s` is Unicode White_Space,
 * `(?i:…)` ASCII). qwen35 differs from qwen2 by `\p{M}`: combining marks belong to the letter run.
 */
const patterns: Readonly<Record<PreTokenizerName, string>> = {
  qwen35: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  qwen2: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
};

export type PreTokenizerName = "qwen35" | "qwen2";

export const preTokenizerPattern = (name: PreTokenizerName): string => patterns[name];

/** Names that tell no splitting, and one of llama.cpp's for Qwen2's. */
const vague: ReadonlySet<string | undefined> = new Set([undefined, "", "default", "deepseek-r1-qwen"]);
/** Qwen2's vocabulary has 151,643 tokens without added ones, Qwen3.5's 248,044. */
const SMALLEST_OF_QWEN35 = 200_000;

/**
 * The splitting that a file names, or the family's where the name tells none or is not that of its
 * vocabulary.
 *
 * @throws UnsupportedModelError  naming `name` and the known ones
 */
export function preTokenizerByName(
  name: string | undefined,
  nTokens: number,
): { readonly name: PreTokenizerName; readonly note: Sentence | undefined } {
  const isOld = name === "deepseek-r1-qwen" && nTokens < SMALLEST_OF_QWEN35;
  const isMislabelled = name === "qwen2" && nTokens >= SMALLEST_OF_QWEN35;
  if (vague.has(name) || isMislabelled) {
    const used = isOld ? "qwen2" : "qwen35";
    const family = used === "qwen2" ? "Qwen2" : "Qwen3.5";
    return {
      name: used,
      note:
        name === undefined || name === ""
          ? t("The file does not say how it splits text. The splitting of {family} is used.", { family })
          : t('The file splits text by "{name}". The splitting of {family} is used.', { name, family }),
    };
  }
  if (name !== undefined && Object.hasOwn(patterns, name))
    return { name: name as PreTokenizerName, note: undefined };
  throw unsupported(verbatim(`"${name}"`));
}

/** @throws UnsupportedModelError naming `pattern` and the known names */
export function preTokenizerByPattern(pattern: string): PreTokenizerName {
  const found = Object.entries(patterns).find(([, known]) => known === pattern);
  if (found) return found[0] as PreTokenizerName;
  throw unsupported(t("the pattern {pattern}", { pattern }));
}

const unsupported = (found: Sentence) =>
  new UnsupportedModelError(
    t("The model splits text with pre-tokenizer {found}; known are {keys}.", {
      found,
      keys: Object.keys(patterns).join(", "),
    }),
    { hint: t("Choose a Qwen3.5 model.") },
  );
