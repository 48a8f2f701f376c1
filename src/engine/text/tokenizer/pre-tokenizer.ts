import { UnsupportedModelError } from "../../../ground/errors";

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

/** @throws UnsupportedModelError naming `name` and the known ones */
export function preTokenizerByName(name: string): PreTokenizerName {
  if (Object.hasOwn(patterns, name)) return name as PreTokenizerName;
  throw unsupported(`"${name}"`);
}

/** @throws UnsupportedModelError naming `pattern` and the known names */
export function preTokenizerByPattern(pattern: string): PreTokenizerName {
  const found = Object.entries(patterns).find(([, known]) => known === pattern);
  if (found) return found[0] as PreTokenizerName;
  throw unsupported(`the pattern ${pattern}`);
}

const unsupported = (found: string) =>
  new UnsupportedModelError(
    `The model splits text with pre-tokenizer ${found}; known are ${Object.keys(patterns).join(", ")}.`,
    { hint: "Choose a Qwen3.5 model." },
  );
