import { fixtureMetadata } from "../../engine/text/tokenizer/fixture-vocabulary";
import { createTextModel, type TextModel } from "../../engine/text/text-model";

/** The golden models' vocabulary. */
const vocabSize = 320;
const nBytes = 256;
/** Type of the rows in published files that no text makes. */
const unused = 5;

/**
 * The text side of a model of 320 tokens: Qwen3.5's own, without the rows that are not used. 256 bytes, its
 * 33 added tokens, and as many of its merges as there is room for.
 *
 * @param chatTemplate  in Jinja
 */
export function smallTextModel(chatTemplate: string): TextModel {
  const withoutMerges = tokensOf(fixtureMetadata("qwen35", { nMerges: 0 }));
  const nAdded = withoutMerges.length - nBytes;
  const metadata = fixtureMetadata("qwen35", { nMerges: vocabSize - nBytes - nAdded });
  const tokens = tokensOf(metadata);
  metadata.set(
    "tokenizer.ggml.tokens",
    tokens.map(({ text }) => text),
  );
  metadata.set(
    "tokenizer.ggml.token_type",
    tokens.map(({ type }) => type),
  );
  metadata.set(
    "tokenizer.ggml.eos_token_id",
    tokens.findIndex(({ text }) => text === "<|im_end|>"),
  );
  metadata.set("tokenizer.chat_template", chatTemplate);
  return createTextModel({ kind: "gguf", metadata });
}

function tokensOf(metadata: ReadonlyMap<string, unknown>): { text: string; type: number }[] {
  const texts = metadata.get("tokenizer.ggml.tokens") as readonly string[];
  const types = metadata.get("tokenizer.ggml.token_type") as readonly number[];
  return texts.map((text, id) => ({ text, type: types[id]! })).filter(({ type }) => type !== unused);
}
