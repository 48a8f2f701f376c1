import type { MetadataValue } from "./make-model-gguf";

const merges = ["t h", "th e", "Ġ the", "i n", "a n", "e r", "o n", "Ġ a", "r e", "Ġ w"];
const specials = [
  ["<|endoftext|>", "control"],
  ["<|im_start|>", "control"],
  ["<|im_end|>", "control"],
  ["<think>", "userDefined"],
  ["</think>", "userDefined"],
] as const;
const tokenTypes = { normal: 1, control: 3, userDefined: 4, unused: 5 };

// ChatML as Qwen3.5's small sizes have it: no thinking unless asked for.
const chatTemplate = `{%- for message in messages -%}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<|im_start|>assistant\\n' -}}
{%- if enable_thinking is defined and enable_thinking is true -%}
{{- '<think>\\n' -}}
{%- else -%}
{{- '<think>\\n\\n</think>\\n\\n' -}}
{%- endif -%}
{%- endif -%}`;

/**
 * The metadata of a tokenizer that reads any text: the 256 bytes, ten merges, five added tokens, and padding
 * to the vocabulary.
 */
export function tokenizerMetadata(vocabSize: number): (readonly [string, MetadataValue])[] {
  const tokens = [...byteAlphabet(), ...merges.map((merge) => merge.replace(" ", ""))];
  const types = tokens.map(() => tokenTypes.normal);
  const firstSpecial = tokens.length;
  for (const [text, type] of specials) {
    tokens.push(text);
    types.push(tokenTypes[type]);
  }
  while (tokens.length < vocabSize) {
    types.push(tokenTypes.unused);
    tokens.push(`[PAD${tokens.length}]`);
  }
  const idOf = (text: string) => firstSpecial + specials.findIndex(([special]) => special === text);
  return [
    ["tokenizer.ggml.model", { text: "gpt2" }],
    ["tokenizer.ggml.pre", { text: "qwen35" }],
    ["tokenizer.ggml.tokens", { texts: tokens }],
    ["tokenizer.ggml.token_type", { i32s: types }],
    ["tokenizer.ggml.merges", { texts: merges }],
    ["tokenizer.ggml.eos_token_id", { u32: idOf("<|im_end|>") }],
    ["tokenizer.ggml.padding_token_id", { u32: idOf("<|endoftext|>") }],
    ["tokenizer.ggml.add_bos_token", { bool: false }],
    ["tokenizer.chat_template", { text: chatTemplate }],
  ];
}

/**
 * GPT-2's 256 characters that stand for bytes, in the order of Qwen's ids: first the printable ones as
 * themselves, then the others as U+0100 and on.
 */
function byteAlphabet(): string[] {
  const isPrintable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const printable = bytes.filter(isPrintable).map((byte) => String.fromCodePoint(byte));
  const others = bytes.filter((byte) => !isPrintable(byte)).map((_, i) => String.fromCodePoint(0x100 + i));
  return [...printable, ...others];
}
