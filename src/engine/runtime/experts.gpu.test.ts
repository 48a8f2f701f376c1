import { describe, expect, it } from "vitest";
import { gpu } from "../../testing/gpu/gpu";
import { goldenKl as kl, goldenLogits as logits } from "../../testing/models/golden";
import { baselineMapping, softwareMapping } from "./compile/decode-mapping";

/**
 * Gates and ups apart, F32 routers, MXFP4 among the experts; and in one tensor, BF16 routers, a tied head.
 */
const models = ["moe-MIX", "moe-k-MIX"];
const isSwiftshader = process.env["GPU_ADAPTER"] === "swiftshader";

describe.each(models)("%s, a mixture of experts", (model) => {
  const golden = `${model}.tokens-96.logits.f32`;
  const run = { model, tokens: "tokens-96" };

  it("prefill and decode match f64 over 96 tokens", async () => {
    expect(await kl({ ...run, chunk: 64 }, golden)).toBeLessThan(1e-8);
    for (const decodeMapping of isSwiftshader ? [softwareMapping] : [baselineMapping, softwareMapping])
      expect(await kl({ ...run, mode: "decode", decodeMapping }, golden)).toBeLessThan(1e-8);
  });

  it("the last of 700 tokens match f64", async () => {
    const long = { model, tokens: "tokens-700", chunk: 512 };
    expect(await kl(long, `${model}.tokens-700.last16.logits.f32`)).toBeLessThan(1e-8);
  });

  it("every chunk length gives the very same logits", async () => {
    const at = async (chunk: number) => (await logits({ ...run, chunk })).all;
    const expected = await at(100);
    for (const chunk of [1, 7, 64]) expect(await at(chunk), `chunk ${chunk}`).toEqual(expected);
  });

  it("split between experts to bindings of 96 KiB, prefill and decode match f64", async () => {
    const device = { ...gpu, maxBindingBytes: 96 * 1024 };
    expect(await kl({ ...run, device }, golden)).toBeLessThan(1e-8);
    expect(await kl({ ...run, device, mode: "decode" }, golden)).toBeLessThan(1e-8);
  });
});
