import { preTokenizerPattern } from "../../engine/text/tokenizer/pre-tokenizer";

/** The tokenizer in a made GGUF's metadata as its tokenizer.json would be. */
export function tokenizerJson(metadata: ReadonlyMap<string, unknown>) {
  const types = metadata.get("tokenizer.ggml.token_type") as ArrayLike<number>;
  const tokens = [...(metadata.get("tokenizer.ggml.tokens") as string[]).entries()];
  const added = tokens.filter(([id]) => types[id] === 3 || types[id] === 4);
  return {
    added_tokens: added.map(([id, content]) => ({ id, content, special: types[id] === 3 })),
    pre_tokenizer: { type: "Split", pattern: { Regex: preTokenizerPattern("qwen35") } },
    model: {
      type: "BPE",
      vocab: Object.fromEntries(tokens.flatMap(([id, text]) => (types[id] === 1 ? [[text, id]] : []))),
      merges: metadata.get("tokenizer.ggml.merges") as string[],
    },
  };
}

export const tokenizerConfig = { eos_token: "<|im_end|>" };

/** The files that a published model has beside its safetensors, as text by name. */
export function tokenizerFiles(metadata: ReadonlyMap<string, unknown>) {
  return {
    "tokenizer.json": JSON.stringify(tokenizerJson(metadata)),
    "tokenizer_config.json": JSON.stringify(tokenizerConfig),
    "chat_template.jinja": metadata.get("tokenizer.chat_template") as string,
  };
}
