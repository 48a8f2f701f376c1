import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { charOfByte } from "./byte-level";

/**
 * For tests: vocabularies of published models, rebuilt from the files in fixtures/ (its README says how
 * exact).
 */

/** One template is the app's own, for files without one. */
const folderOf = (name: string) => (name === "Qwen3.5-4B.jinja" ? "../template" : "fixtures");

const fixture = (name: string): Buffer => readFileSync(new URL(`${folderOf(name)}/${name}`, import.meta.url));

export const fixtureText = (name: string): string => fixture(name).toString("utf8");

export interface FixtureToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
}

export const addedTokensOf = (model: "qwen35" | "qwen2"): FixtureToken[] =>
  JSON.parse(fixtureText(`${model}-added-tokens.json`)) as FixtureToken[];

export const templateNames = [
  "Qwen3.5-4B.jinja",
  "Qwen3.5-small-nonthinking-default.jinja",
  "Qwen3.8.jinja",
] as const;

/**
 * Tokenizer metadata as in a GGUF of the model, with only the first `nMerges` merges where few are enough:
 * fewer to build. Added tokens keep their real ids.
 */
export function fixtureMetadata(
  model: "qwen35" | "qwen2",
  { nMerges = Infinity, template }: { readonly nMerges?: number; readonly template?: string } = {},
): Map<string, unknown> {
  const added = addedTokensOf(model);
  const lines = gunzipSync(fixture(`${model}-merges.txt.gz`))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#version"));
  const merges = lines.slice(0, nMerges);
  // GPT-2's order of the bytes is that of the characters they are written as.
  const tokens = [...charOfByte].sort().concat(merges.map((merge) => merge.replace(" ", "")));
  const types: number[] = tokens.map(() => 1);
  // Rows that no merge makes, up to the added tokens and, as in published files, some after them.
  const nTokens = Math.ceil((added.at(-1)!.id + 1) / 256) * 256;
  for (let id = tokens.length; id < nTokens; id++) {
    tokens.push(`[PAD${id}]`);
    types.push(5);
  }
  for (const { id, content, special } of added) {
    tokens[id] = content;
    types[id] = special ? 3 : 4;
  }
  const metadata = new Map<string, unknown>([
    ["tokenizer.ggml.model", "gpt2"],
    ["tokenizer.ggml.pre", model],
    ["tokenizer.ggml.tokens", tokens],
    ["tokenizer.ggml.token_type", types],
    ["tokenizer.ggml.merges", merges],
    ["tokenizer.ggml.eos_token_id", added.find(({ content }) => content === "<|im_end|>")!.id],
  ]);
  if (template !== undefined) metadata.set("tokenizer.chat_template", fixtureText(template));
  return metadata;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Pieces joined at random: whole and half added tokens, letters of several scripts, marks, whitespace, emoji.
 */
export function adversarialText(
  random: () => number,
  addedTexts: readonly string[],
  nPieces: number,
): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const plain = [
    "a",
    " b",
    "Hello",
    "7",
    ".",
    "\n",
    "\n\n",
    " ",
    "\t",
    "<",
    ">",
    "|",
    "</",
    "<|",
    "|>",
    "é",
    "e\u0301",
    "ก็",
    "हिन्दी",
  ];
  const rare = [
    "你好",
    "👩‍👩‍👧",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "\ufdd0",
    "\ue000",
    "\0",
    "{{ x }}",
    "{% raw %}",
    "\\n",
    "$&",
  ];
  let text = "";
  for (let i = 0; i < nPieces; i++) {
    const kind = random();
    if (kind < 0.3) text += pick(addedTexts);
    else if (kind < 0.5) {
      const whole = pick(addedTexts);
      const at = 1 + Math.floor(random() * (whole.length - 1));
      text += random() < 0.5 ? whole.slice(0, at) : whole.slice(at);
    } else text += pick(random() < 0.7 ? plain : rare);
  }
  return text;
}
