import { expect, it } from "vitest";
import { gpu } from "../../testing/gpu/gpu";
import { goldenKl, goldenPath, type GoldenRun } from "../../testing/models/golden";
import { MutatingCompiler } from "../../testing/gpu/mutating-compiler";
import { openNodeFile } from "../../testing/models/node-file";
import { openModel } from "./open-model";

// The value heads of triple are three times its key heads; nano's are twice as many, which are as many
// members as key heads, so that it does not see which way they are permuted.
const models = ["triple-PTQ1_0-fold1", "nano-PQ2_0-fold2"] as const;

const isSwiftshader = process.env["GPU_ADAPTER"] === "swiftshader";

it.each(models)("folded weights, %s: prefill and decode match f64 over 96 tokens", async (model) => {
  const run = { model, tokens: "tokens-96" } as const;
  const golden = `${model}.tokens-96.logits.f32`;
  expect(await goldenKl({ ...run, chunk: 40 }, golden)).toBeLessThan(1e-8);
  expect(await goldenKl({ ...run, mode: "decode" }, golden)).toBeLessThan(1e-8);
});

it.each(isSwiftshader ? [] : [models[0]])("%s: the last of 700 tokens match f64", async (model) => {
  const run = { model, tokens: "tokens-700", chunk: 512 };
  expect(await goldenKl(run, `${model}.tokens-700.last16.logits.f32`)).toBeLessThan(1e-8);
});

it("split to bindings of 64 KiB, decode matches f64", async () => {
  const device = { ...gpu, maxBindingBytes: 64 * 1024 };
  const run = { model: models[1], tokens: "tokens-96", mode: "decode", device } as const;
  expect(await goldenKl(run, `${models[1]}.tokens-96.logits.f32`)).toBeLessThan(1e-8);
});

it("a token takes four dispatches more a layer, and two for the embedding and the head", async () => {
  const file = await openNodeFile(goldenPath(`${models[1]}.gguf`));
  const open = await openModel(gpu, file, { contextLength: 24, precision: "f32" });
  const { decode, sample } = open.model;
  expect(decode.layers.length + decode.head.length + sample.length).toBe(25 + 4 * 4 + 2);
  open.dispose();
  await file.close();
});

// The bound that f16 passes and no mistake does (reference: the mean KL of a mistake is 0.3 to 0.8).
const bound = 2e-5;

/** On SwiftShader each takes a second a pipeline. */
const mistakes = isSwiftshader
  ? []
  : ([
      ["no transform", "4u * width <= BLOCK", "false"],
      ["no signs", "signs[params.first_sign + column] * value", "value"],
      ["one sign vector for all widths", "params.first_sign + column", "column"],
      [
        "no permutation of value heads",
        "x[token * params.width + tiled(column)]",
        "x[token * params.width + column]",
      ],
      [
        "the permutation the wrong way",
        "return (member * params.n_key_heads + key_head)",
        "return (head % params.n_key_heads * params.members + head / params.n_key_heads)",
      ],
      ["the inverse left out on the embedding", "x[column]", "x[column] * 0.0 + y[column]"],
      ["decay and beta given the transformed input", "number >= params.plain_from", "false"],
    ] as const);

it.each(mistakes)("a mistake in the fold is caught: %s", async (_, from, to) => {
  const compiler = new MutatingCompiler(from, to);
  const run: GoldenRun = {
    model: models[0],
    tokens: "tokens-96",
    mode: "decode",
    device: { ...gpu, compiler },
  };
  expect(await goldenKl(run, `${models[0]}.tokens-96.logits.f32`)).toBeGreaterThan(bound);
  expect(compiler.nReplaced).toBeGreaterThan(0);
});
