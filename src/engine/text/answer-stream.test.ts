import { describe, expect, it } from "vitest";
import { afterDelta, type AnswerDelta } from "../../ground/answer";
import { charOfByte } from "./tokenizer/byte-level";
import {
  adversarialText,
  addedTokensOf,
  fixtureMetadata,
  randomNumbers,
} from "./tokenizer/fixture-vocabulary";
import { createTextModel, type TextModel } from "./text-model";

const metadata = fixtureMetadata("qwen35", { nMerges: 20_000 });
const model = createTextModel({ kind: "gguf", metadata });
const tokens = metadata.get("tokenizer.ggml.tokens") as string[];
const id = (text: string) => tokens.indexOf(text);
const [open, close] = [id("<think>"), id("</think>")];

/** The same without think tokens: the tags come as text. */
const withoutTags = (() => {
  const types = [...(metadata.get("tokenizer.ggml.token_type") as number[])];
  types[open] = types[close] = 5;
  return createTextModel({
    kind: "gguf",
    metadata: new Map(metadata).set("tokenizer.ggml.token_type", types),
  });
})();

const idsOfBytes = (bytes: Iterable<number>) => [...bytes].map((byte) => id(charOfByte[byte]!));
/** The smallest pieces a model can write a text in: a byte each. */
const byteByByte = (text: string) => idsOfBytes(new TextEncoder().encode(text));

function read(ids: readonly number[], { of = model, opensInReasoning = false } = {}) {
  const stream = of.createAnswerStream({ opensInReasoning });
  const deltas = [...ids.map((next) => stream.push(next)), stream.flush()];
  return { deltas, ...deltas.reduce<AnswerDelta>(afterDelta, { reasoning: "", answer: "" }) };
}

const added = addedTokensOf("qwen35").map(({ content }) => content);
const someTexts = Array.from({ length: 100 }, (_, seed) => adversarialText(randomNumbers(seed), added, 8));

describe("characters", () => {
  it.each([
    ["by token", (text: string) => model.encode(text)],
    ["byte by byte", byteByByte],
  ])("of text that comes %s are never halved, and none is lost", (_, idsOf) => {
    for (const text of someTexts) {
      const ids = idsOf(text);
      const { deltas, answer, reasoning } = read(ids);
      expect(answer).toBe(model.decode(ids));
      expect(reasoning).toBe("");
      for (const delta of deltas) {
        expect(delta.answer).not.toContain("\ufffd");
        expect(delta.answer.isWellFormed()).toBe(true);
      }
    }
  });

  it("come as soon as they are whole", () => {
    const { deltas } = read(byteByByte("a€😀"));
    expect(deltas.map(({ answer }) => answer)).toEqual(["a", "", "", "€", "", "", "", "😀", ""]);
  });

  it("that can not be are U+FFFD, once that is certain", () => {
    // E2 82 begins a €; 41 is A. F0 9F at the end may still become an emoji, until there is no more.
    const { deltas } = read(idsOfBytes([0xe2, 0x82, 0x41, 0xff, 0xf0, 0x9f]));
    expect(deltas.map(({ answer }) => answer)).toEqual(["", "", "\ufffdA", "\ufffd", "", "", "\ufffd"]);
  });

  it("that are cut by an added token are U+FFFD", () =>
    expect(read([...idsOfBytes([0xe2, 0x82]), id("<|im_end|>"), ...idsOfBytes([0xac])]).answer).toBe(
      "\ufffd\ufffd",
    ));

  it("of random bytes and added tokens are those of decode, without control", () => {
    const random = randomNumbers(5);
    const shown = ["<tool_call>", "</tool_response>", "<|fim_prefix|>"].map(id);
    const hidden = new Set(["<|im_start|>", "<|endoftext|>", "<tts_pad>"].map(id));
    const pool = [...shown, ...hidden, ...Array.from({ length: 256 }, (_, i) => i)];
    for (let round = 0; round < 300; round++) {
      const ids = Array.from({ length: 12 }, () => pool[Math.floor(random() ** 2 * pool.length)]!);
      const withControl = model.decode(ids);
      const expected = withControl.replaceAll(/<\|im_start\|>|<\|endoftext\|>|<tts_pad>/g, "");
      expect(read(ids).answer).toBe(expected);
    }
  });
});

describe.each([
  { name: "by id", of: model, tag: (text: string) => [id(text)] },
  { name: "in text, by token", of: withoutTags, tag: (text: string) => withoutTags.encode(text) },
  { name: "in text, byte by byte", of: withoutTags, tag: byteByByte },
])("a think block $name", ({ of, tag }: { of: TextModel; tag: (text: string) => number[] }) => {
  const [opened, closed] = [tag("<think>"), tag("</think>")];

  it("that the prompt opened ends at its tag, and its newlines are left out", () => {
    const ids = [...of.encode("Hm,\n\nyes.\n"), ...closed, ...of.encode("\n\n42\n")];
    expect(read(ids, { of, opensInReasoning: true })).toMatchObject({
      reasoning: "Hm,\n\nyes.",
      answer: "42\n",
    });
  });

  it("that the model opens is reasoning too", () => {
    const ids = [...opened, ...of.encode("\nHm.\n"), ...closed, ...of.encode("\n\n42")];
    expect(read(ids, { of })).toMatchObject({ reasoning: "Hm.", answer: "42" });
    expect(read([...of.encode("\n"), ...ids], { of })).toMatchObject({ reasoning: "Hm.", answer: "42" });
  });

  it("holds nothing", () => {
    const ids = [...of.encode("\n\n"), ...closed, ...of.encode("\n\n42")];
    expect(read(ids, { of, opensInReasoning: true })).toMatchObject({ reasoning: "", answer: "42" });
  });

  it("is cut short", () =>
    expect(read(of.encode("Hm,\n\n"), { of, opensInReasoning: true })).toMatchObject({
      reasoning: "Hm,",
      answer: "",
    }));

  it("that opens later is reasoning, and what stood around it the answer", () => {
    const ids = [...of.encode("Say.\n\n"), ...opened, ...of.encode("x"), ...closed, ...of.encode("\n\nNow.")];
    expect(read(ids, { of })).toMatchObject({ reasoning: "x", answer: "Say.\n\nNow." });
  });

  it("that is not opened by anyone ends at once, where thinking is off", () => {
    const ids = [...of.encode("\n"), ...closed, ...of.encode("\n\nHello.")];
    expect(read(ids, { of })).toMatchObject({ reasoning: "", answer: "Hello." });
  });

  it("that is only ended holds all that was said before", () => {
    const ids = [...of.encode("The user\n\ngreets me.\n"), ...closed, ...of.encode("\n\nHello.")];
    expect(read(ids, { of })).toMatchObject({ reasoning: "The user\n\ngreets me.", answer: "Hello." });
  });

  it("that ends twice ends once", () => {
    const [hm, hello] = [of.encode("hm\n"), of.encode("\n\nHello.")];
    const options = { of, opensInReasoning: true };
    expect(read([...hm, ...closed, ...of.encode("\n\n"), ...closed, ...hello], options)).toMatchObject({
      reasoning: "hm",
      answer: "Hello.",
    });
    expect(read([...hm, ...closed, ...hello, ...closed, ...hello], options)).toMatchObject({
      reasoning: "hm",
      answer: "Hello.\n\nHello.",
    });
  });

  it("that opens again goes on after a blank line", () => {
    const ids = [
      ...of.encode("hm\n"),
      ...closed,
      ...of.encode("\n\n"),
      ...opened,
      ...of.encode("\nmore\n"),
      ...closed,
      ...of.encode("\n\nHello."),
    ];
    expect(read(ids, { of, opensInReasoning: true })).toMatchObject({
      reasoning: "hm\n\nmore",
      answer: "Hello.",
    });
  });

  it("that the prompt opened and the model opens again is one block", () => {
    const ids = [...opened, ...of.encode("\nhm\n"), ...closed, ...of.encode("\n\nHello.")];
    expect(read(ids, { of, opensInReasoning: true })).toMatchObject({ reasoning: "hm", answer: "Hello." });
  });

  it("is text in code, where an answer is about the tags", () => {
    const inLine = [
      ...of.encode("Write `"),
      ...opened,
      ...of.encode("` and `"),
      ...closed,
      ...of.encode("`."),
    ];
    expect(read(inLine, { of })).toMatchObject({ reasoning: "", answer: "Write `<think>` and `</think>`." });
    const fenced = [...of.encode("So:\n```\n"), ...opened, ...of.encode("\n```\nSo.\n"), ...closed];
    expect(read(fenced, { of })).toMatchObject({ reasoning: "So:\n```\n<think>\n```\nSo.", answer: "" });
  });

  it("and answer of random text come out whole", () => {
    for (const [at, text] of someTexts.entries()) {
      const reasoning = `r${text.replaceAll(/<\/?think>/g, "")}r`;
      const answer = `a${someTexts[(at + 1) % someTexts.length]!.replaceAll(/<\/?think>/g, "")}`;
      const ids = [...of.encode(`${reasoning}\n`), ...closed, ...byteByByte(`\n\n${answer}`)];
      expect(read(ids, { of, opensInReasoning: true })).toMatchObject({
        reasoning: reasoning.normalize("NFC"),
        answer: answer,
      });
    }
  });
});

it("a tag spelled out is text where the vocabulary has its token", () =>
  expect(read(model.encode("a\n</think>\n\nb"), { opensInReasoning: true })).toMatchObject({
    reasoning: "a\n</think>\n\nb",
    answer: "",
  }));

it("newlines that begin an answer without a block are its own", () =>
  expect(read(model.encode("\n\na")).answer).toBe("\n\na"));

it("what is only the beginning of a tag is shown at the end", () =>
  expect(read(withoutTags.encode(" <thi"), { of: withoutTags }).answer).toBe(" <thi"));
