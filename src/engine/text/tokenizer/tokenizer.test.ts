import { describe, expect, it } from "vitest";
import { ModelFormatError, UnsupportedModelError } from "../../../ground/errors";
import {
  adversarialText,
  addedTokensOf,
  fixtureMetadata,
  fixtureText,
  randomNumbers,
  templateNames,
} from "./fixture-vocabulary";
import { createTextModel } from "../text-model";

const qwen35 = createTextModel({
  kind: "gguf",
  metadata: fixtureMetadata("qwen35", { template: templateNames[1] }),
});
const pieces = (text: string) => qwen35.encode(text).map((id) => qwen35.decode([id]));

describe("Qwen2's whole vocabulary", () => {
  const qwen2 = createTextModel({ kind: "gguf", metadata: fixtureMetadata("qwen2") });
  // Separators stand after every case, ids on lines of their own: after the last is nothing.
  const inputs = fixtureText("ggml-vocab-qwen2.gguf.inp").split("\n__ggml_vocab_test__\n").slice(0, -1);
  const expected = fixtureText("ggml-vocab-qwen2.gguf.out").split("\n").slice(0, -1);

  it("comes with 46 cases", () => expect([inputs.length, expected.length]).toEqual([46, 46]));

  it.each(inputs.map((input, i) => [input, expected[i]!.trim()]))("encodes %j as llama.cpp", (input, ids) => {
    expect(qwen2.encode(input).join(" ")).toBe(ids);
    expect(qwen2.decode(qwen2.encode(input))).toBe(input.normalize("NFC"));
  });
});

describe("Qwen3.5's vocabulary", () => {
  it.each([
    ["Hello, how are you?", [9419, 11, 1204, 513, 488, 30]],
    ["What is the capital of France?", [3710, 369, 279, 6511, 314, 9338, 30]],
  ])("encodes %j as public fixtures do", (text, ids) => expect(qwen35.encode(text)).toEqual(ids));

  it("makes the published prompt of a question without thinking", () => {
    const messages = [{ role: "user", content: "Hello, how are you?" }] as const;
    expect(qwen35.renderChat(messages, { thinking: false }).ids).toEqual([
      248045, 846, 198, 9419, 11, 1204, 513, 488, 30, 248046, 198, 248045, 74455, 198, 248068, 271, 248069,
      271,
    ]);
  });

  it("splits digits one by one", () => expect(pieces("2026")).toEqual(["2", "0", "2", "6"]));

  // \p{M} of the qwen35 pattern: with qwen2's each mark would begin a piece, and no token could span it.
  it.each(["ภาษาไทยที่", "हिन्दी", "नमस्ते"])("has tokens of %s that span a letter and its marks", (word) => {
    const ids = qwen35.encode(word);
    expect(qwen35.decode(ids)).toBe(word);
    expect(pieces(word).some((piece) => /\p{L}\p{M}/u.test(piece))).toBe(true);
  });

  it("with qwen2's pattern instead, no token spans a letter and its mark", () => {
    const metadata = fixtureMetadata("qwen35").set("tokenizer.ggml.pre", "qwen2");
    const other = createTextModel({ kind: "gguf", metadata });
    const otherPieces = other.encode("हिन्दी").map((id) => other.decode([id]));
    expect(otherPieces.some((piece) => /\p{L}\p{M}/u.test(piece))).toBe(false);
  });

  it("composes first (NFC)", () => expect(qwen35.encode("e\u0301")).toEqual(qwen35.encode("é")));

  it("never makes the id of an added token out of text, and loses nothing of it", () => {
    const added = addedTokensOf("qwen35");
    const random = randomNumbers(1);
    for (let round = 0; round < 200; round++) {
      const text = adversarialText(
        random,
        added.map(({ content }) => content),
        12,
      );
      const ids = qwen35.encode(text);
      expect(Math.max(0, ...ids)).toBeLessThan(added[0]!.id);
      expect(qwen35.decode(ids)).toBe(text.normalize("NFC"));
    }
  });

  // 200 KB of one run each: nothing for the pattern to split, or everything. A quadratic step would take
  // minutes.
  it.each([
    ["a letter", "a".repeat(200_000)],
    ["spaces before a letter", `${" ".repeat(200_000)}x`],
    ["line ends and spaces", `${"\n ".repeat(100_000)}x`],
    ["one mark", "!".repeat(200_000)],
    ["half added tokens", "<|im_".repeat(40_000)],
  ])(
    "encodes a run of %s in seconds",
    (_, text) => expect(qwen35.decode(qwen35.encode(text))).toBe(text),
    20_000,
  );

  it("counts the unused ids, and writes nothing for them", () => {
    expect(qwen35.vocabSize).toBe(248_320);
    expect(qwen35.decode([9419, 248_200, 300_000, 11])).toBe("Hello,");
  });

  it("stops at the end of a turn and of the text", () => expect(qwen35.stopIds).toEqual([248046, 248044]));
});

describe("broken and foreign files", () => {
  const small = (change: (metadata: Map<string, unknown>) => void) => {
    const metadata = fixtureMetadata("qwen2", { nMerges: 100, template: templateNames[0] });
    change(metadata);
    return () => createTextModel({ kind: "gguf", metadata });
  };
  const entries = (metadata: Map<string, unknown>, key: string) =>
    metadata.get(`tokenizer.ggml.${key}`) as unknown[];

  it("refuses another pre-tokenizer by name", () => {
    const create = small((metadata) => metadata.set("tokenizer.ggml.pre", "llama-bpe"));
    expect(create).toThrow(UnsupportedModelError);
    expect(create).toThrow(/"llama-bpe".*qwen35/);
  });

  it("refuses another kind of tokenizer by name", () =>
    expect(small((metadata) => metadata.set("tokenizer.ggml.model", "llama"))).toThrow(/"llama"/));

  it.each(["model", "pre", "tokens", "token_type", "merges"])("says that %s is missing", (key) => {
    const create = small((metadata) => metadata.delete(`tokenizer.ggml.${key}`));
    expect(create).toThrow(ModelFormatError);
    expect(create).toThrow(`tokenizer.ggml.${key}`);
  });

  it("names both counts when types do not fit tokens", () =>
    expect(small((metadata) => entries(metadata, "token_type").pop())).toThrow(/151,808 tokens but 151,807/));

  it("names the byte that is missing", () =>
    expect(small((metadata) => (entries(metadata, "token_type")[0] = 5))).toThrow(/byte 33;/));

  it("names a merge whose result is missing", () =>
    expect(small((metadata) => entries(metadata, "merges").push("q zzz"))).toThrow(/"qzzz"/));

  it("names a merge that is not two tokens", () =>
    expect(small((metadata) => (entries(metadata, "merges")[3] = "abc"))).toThrow(/"abc"/));

  it("names an end token that is no id", () =>
    expect(small((metadata) => metadata.set("tokenizer.ggml.eos_token_id", 999_999))).toThrow(
      /999999.*151807/,
    ));

  it("says what is wrong with a template that can not be read, or fails on any question", () => {
    expect(small((metadata) => metadata.set("tokenizer.chat_template", "{% if %}"))).toThrow(
      /can not be read/,
    );
    expect(
      small((metadata) => metadata.set("tokenizer.chat_template", "{{ raise_exception('no') }}")),
    ).toThrow(/plain question: no/);
  });

  it("falls back to ChatML without a template, and says so", () => {
    const model = small((metadata) => metadata.delete("tokenizer.chat_template"))();
    expect(model.hasTemplate).toBe(false);
    expect(model.thinking).toEqual({ supported: false, byDefault: false });
    const { ids } = model.renderChat([{ role: "user", content: "Hi" }], { thinking: false });
    expect(model.decode(ids)).toBe("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
  });

  it("refuses to fall back to ChatML without its tokens", () =>
    expect(
      small((metadata) => {
        metadata.delete("tokenizer.chat_template");
        entries(metadata, "token_type").fill(5, 151_643);
      }),
    ).toThrow(/0 added tokens lack <\|im_start\|> and <\|im_end\|>/));
});
