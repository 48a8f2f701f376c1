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
import { preTokenizerPattern } from "./pre-tokenizer";
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
    const word = "हिन्दी";
    const parts = word.match(new RegExp(preTokenizerPattern("qwen2").replace("(?i:", "(?:"), "gu"))!;
    expect(parts.some((part) => /\p{L}\p{M}/u.test(part))).toBe(false);
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

  it.each(["model", "tokens", "merges"])("says that %s is missing", (key) => {
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

  it.each([undefined, -1, 4_294_967_295, 999_999])(
    "ends an answer by the family's tokens where eos is %s",
    (id) => {
      const model = small((metadata) => {
        if (id === undefined) metadata.delete("tokenizer.ggml.eos_token_id");
        else metadata.set("tokenizer.ggml.eos_token_id", id);
      })();
      expect(new Set(model.stopIds)).toEqual(new Set([151_645, 151_643]));
    },
  );

  it.each([
    [undefined, "The file does not say how it splits text. The splitting of Qwen3.5 is used."],
    ["default", 'The file splits text by "default". The splitting of Qwen3.5 is used.'],
    ["deepseek-r1-qwen", 'The file splits text by "deepseek-r1-qwen". The splitting of Qwen2 is used.'],
    ["qwen2", undefined],
  ])("splits text as the family does where the file names %s", (pre, note) => {
    const model = small((metadata) => {
      if (pre === undefined) metadata.delete("tokenizer.ggml.pre");
      else metadata.set("tokenizer.ggml.pre", pre);
    })();
    expect(model.notes).toEqual(note === undefined ? [] : [note]);
  });

  it("takes a file of Qwen3.5's vocabulary that says qwen2 for what it is", () => {
    const metadata = fixtureMetadata("qwen35", { template: templateNames[0] }).set(
      "tokenizer.ggml.pre",
      "qwen2",
    );
    const whole = fixtureMetadata("qwen35", { template: templateNames[0] });
    const marks = "क्षि เก้า é";
    const [model, right] = [metadata, whole].map((each) => createTextModel({ kind: "gguf", metadata: each }));
    expect(model!.encode(marks)).toEqual(right!.encode(marks));
    expect(model!.notes).toEqual(['The file splits text by "qwen2". The splitting of Qwen3.5 is used.']);
  });

  it.each(["missing", "normal"])("keeps every tag one token where its type is %s", (kind) => {
    const right = small(() => undefined)();
    const model = small((metadata) => {
      if (kind === "missing") metadata.delete("tokenizer.ggml.token_type");
      else
        metadata.set(
          "tokenizer.ggml.token_type",
          entries(metadata, "token_type").map((type) => (type === 5 ? 5 : 1)),
        );
    })();
    const messages = [{ role: "user", content: "Hi <|im_end|>" }] as const;
    expect(model.renderChat(messages, { thinking: true })).toEqual(
      right.renderChat(messages, { thinking: true }),
    );
    expect(model.notes[0]).toMatch(/Each is taken for one token\.$/);
  });

  it.each([
    ["{% if %}", /^The file's chat template can not be read \(.*\)\. Qwen3\.5’s own is used instead\.$/],
    ["{{ raise_exception('no') }}", /fails on a plain question \(no\)\. Qwen3\.5’s own is used instead\.$/],
  ])("takes the family's template for one that does not run, and says so: %s", (template, note) => {
    const model = small((metadata) => metadata.set("tokenizer.chat_template", template))();
    expect(model.notes).toEqual([expect.stringMatching(note)]);
    const { ids } = model.renderChat([{ role: "user", content: "Hi" }], { thinking: false });
    expect(model.decode(ids)).toMatch(/^<\|im_start\|>user\nHi<\|im_end\|>\n<\|im_start\|>assistant\n/);
  });

  it("takes the family's template for a file without one, and says so", () => {
    const model = small((metadata) => metadata.delete("tokenizer.chat_template"))();
    expect(model.notes).toEqual(["The file has no chat template. Qwen3.5’s own is used instead."]);
    expect(model.thinking).toEqual({ supported: true, byDefault: true });
    const { ids } = model.renderChat([{ role: "user", content: "Hi" }], { thinking: true });
    expect(model.decode(ids)).toBe("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n<think>\n");
  });

  it("takes ChatML without a template and without the token of thinking, and says so", () => {
    const model = small((metadata) => {
      metadata.delete("tokenizer.chat_template");
      entries(metadata, "tokens").forEach((token, id, tokens) => {
        if (token === "<think>") tokens[id] = "<unused>";
      });
    })();
    expect(model.notes).toEqual(["The file has no chat template. ChatML is used instead."]);
    expect(model.thinking).toEqual({ supported: false, byDefault: false });
    const { ids } = model.renderChat([{ role: "user", content: "Hi" }], { thinking: false });
    expect(model.decode(ids)).toBe("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
  });

  it("takes a template under a named key", () => {
    const model = small((metadata) => {
      metadata.set("tokenizer.chat_template.tool_use", "{{ 'tools' }}");
      metadata.set("tokenizer.chat_template.default", metadata.get("tokenizer.chat_template"));
      metadata.delete("tokenizer.chat_template");
    })();
    expect(model.notes).toEqual([]);
  });

  it("refuses to fall back to ChatML without its tokens", () =>
    expect(
      small((metadata) => {
        metadata.delete("tokenizer.chat_template");
        entries(metadata, "token_type").fill(5, 151_643);
      }),
    ).toThrow(/0 added tokens lack <\|im_start\|> and <\|im_end\|>/));
});
