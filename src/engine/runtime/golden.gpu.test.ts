import { describe, expect, it } from "vitest";
import { gpu } from "../../testing/gpu/gpu";
import { goldenKl as kl, goldenLogits as logits } from "../../testing/models/golden";
import { baselineMapping, softwareMapping, type DecodeMapping } from "./compile/decode-mapping";
import type { Precision } from "./compile/prefill-products";

const precisions: readonly (readonly [Precision, number])[] = [
  ["f32", 1e-8],
  ...(gpu.hasF16 ? ([["f16", 5e-5]] as const) : []),
];

const isSwiftshader = process.env["GPU_ADAPTER"] === "swiftshader";
const isNightly = process.env["NIGHTLY"] !== undefined;

/** On SwiftShader all of them take two minutes more, so the nightly script runs the others there. */
const models =
  isSwiftshader && !isNightly
    ? ["nano-MIX", "heads-MIX"]
    : ["nano-F32", "nano-MIX", "tiny-grouped-MIX", "heads-MIX", "yarn-MIX"];

/**
 * Lanes as the app has them on software adapters, and as it has them on a GPU: on SwiftShader for one model,
 * it takes four times as long.
 */
const decodeMappings = (model: string) =>
  isSwiftshader && model !== "nano-MIX" ? [softwareMapping] : [baselineMapping, softwareMapping];

describe.each(precisions)("golden models in %s", (precision, bound) => {
  it.each(models)("%s: prefill and decode match f64 over 96 tokens", async (model) => {
    const run = { model, tokens: "tokens-96", precision };
    const golden = `${model}.tokens-96.logits.f32`;
    expect(await kl({ ...run, chunk: 64 }, golden)).toBeLessThan(bound);
    for (const decodeMapping of decodeMappings(model)) {
      expect(await kl({ ...run, mode: "decode", decodeMapping }, golden)).toBeLessThan(bound);
    }
  });

  it.each(models)("%s: the last of 700 tokens match f64", async (model) => {
    const run = { model, tokens: "tokens-700", precision, chunk: 512 };
    expect(await kl(run, `${model}.tokens-700.last16.logits.f32`)).toBeLessThan(bound);
  });

  it("every chunk length gives the very same logits", async () => {
    const at = async (chunk: number) =>
      (await logits({ model: "nano-MIX", tokens: "tokens-96", precision, chunk })).all;
    const expected = await at(100);
    for (const chunk of isSwiftshader ? [7, 64] : [1, 7, 64, 512])
      expect(await at(chunk), `chunk ${chunk}`).toEqual(expected);
  });

  it.each([262_000, 1_000_000])("positions from %i match f64", async (start) => {
    const run = { model: "nano-F32", tokens: "tokens-24", precision, start };
    const golden = `nano-F32.start-${start}.tokens-24.logits.f32`;
    expect(await kl(run, golden)).toBeLessThan(bound);
    expect(await kl({ ...run, mode: "decode" }, golden)).toBeLessThan(bound);
  });
});

// Rounding keys and values to 8 bits costs 2.4e-7 in f64, wherever the tokens stand.
it.each([
  ["tokens-96", 0, "tokens-96"],
  ["tokens-24", 1_000_000, "start-1000000.tokens-24"],
])("keys and values in q8: %s from position %i are within 1e-6 of f64", async (tokens, start, golden) => {
  const run = { model: "nano-F32", tokens, start, mode: "decode", kvType: "q8" } as const;
  const divergence = await kl(run, `nano-F32.${golden}.logits.f32`);
  expect(divergence).toBeLessThan(1e-6);
  expect(divergence).toBeGreaterThan(1e-8); // it is not f16 that ran
});

describe("the delta rule by blocks", () => {
  const run = { tokens: "tokens-96", deltaRule: "blocks" } as const;

  // Chunks of whole blocks, and of 6 tokens more.
  it.each([
    ["nano-MIX", [64, 70]],
    ["tiny-grouped-MIX", [96]],
    ["heads-MIX", [96]],
  ] as const)("%s: prefill in chunks of %o matches f64 over 96 tokens", async (model, chunks) => {
    const golden = `${model}.tokens-96.logits.f32`;
    for (const chunk of chunks) expect(await kl({ ...run, model, chunk }, golden)).toBeLessThan(1e-8);
  });

  // On SwiftShader 700 tokens take most of a minute.
  it.each(isSwiftshader ? [] : ["nano-MIX"])("%s: the last of 700 tokens match f64", async (model) => {
    const golden = `${model}.tokens-700.last16.logits.f32`;
    expect(await kl({ ...run, model, tokens: "tokens-700", chunk: 512 }, golden)).toBeLessThan(1e-8);
  });

  it("every chunk of whole blocks gives the very same logits", async () => {
    const at = async (chunk: number) => (await logits({ ...run, model: "nano-MIX", chunk })).all;
    const inOne = await at(96);
    for (const chunk of [32, 64]) expect(await at(chunk)).toEqual(inOne);
    expect(await at(48)).not.toEqual(inOne);
  });
});

// Not on SwiftShader: eight packed products a span become many instructions there, and compile for minutes.
it.each(isSwiftshader ? [] : ["nano-MIX"])(
  "%s in int8: prefill is near f64 over 96 tokens",
  async (model) => {
    const run = { model, tokens: "tokens-96", precision: "int8", chunk: 64 } as const;
    const divergence = await kl(run, `${model}.tokens-96.logits.f32`);
    expect(divergence).toBeLessThan(5e-3);
    expect(divergence).toBeGreaterThan(1e-6); // it is not f32 that ran
  },
);

// Decode's products on rounded inputs, as the tuner may choose them.
describe.each(gpu.hasF16 ? (["f16", "int8"] as const) : (["int8"] as const))("decode in %s", (arithmetic) => {
  const decodeMapping: DecodeMapping = (kind) => ({ ...baselineMapping(kind), arithmetic });
  it.each(isSwiftshader ? ["nano-MIX"] : ["nano-MIX", "heads-MIX"])(
    "%s is near f64 over 96 tokens",
    async (model) => {
      const run = { model, tokens: "tokens-96", mode: "decode", decodeMapping } as const;
      const divergence = await kl(run, `${model}.tokens-96.logits.f32`);
      expect(divergence).toBeLessThan(arithmetic === "f16" ? 5e-5 : 5e-3);
      expect(divergence).toBeGreaterThan(1e-9); // it is not f32 that ran
    },
  );
});

it("the f16 path is tested on lavapipe", () => {
  expect(gpu.hasF16 || process.env["GPU_ADAPTER"] !== "lavapipe").toBe(true);
});

// F32 is copied, the others are repacked, each in slices of 128 KiB.
it.each(["nano-F32", "nano-MIX", "tiny-grouped-MIX", "heads-MIX"])(
  "%s: split to bindings of 128 KiB, it gives the same logits",
  async (model) => {
    // The artificial limit cuts every large tensor into pieces, and prefill into shorter chunks.
    const device = { ...gpu, maxBindingBytes: 128 * 1024 };
    const run = { model, tokens: "tokens-96" };
    expect((await logits({ ...run, device })).all).toEqual((await logits(run)).all);
  },
);

it("nano-MIX: split to bindings of 64 KiB, decode matches f64", async () => {
  const device = { ...gpu, maxBindingBytes: 64 * 1024 };
  const run = { model: "nano-MIX", tokens: "tokens-96", mode: "decode", device } as const;
  expect(await kl(run, "nano-MIX.tokens-96.logits.f32")).toBeLessThan(1e-8);
});
