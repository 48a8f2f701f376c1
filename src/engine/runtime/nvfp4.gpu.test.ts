import { expect, it } from "vitest";
import { gpu } from "../../testing/gpu/gpu";
import { goldenKl } from "../../testing/models/golden";

const model = "nano-NVFP4";
const golden = `${model}.tokens-96.logits.f32`;

// Each matrix has a scale of its own in the file; left out, the mean KL is 0.59 (goldens/README.md).
it("NVFP4 with its second scale: prefill and decode match f64 over 96 tokens", async () => {
  const run = { model, tokens: "tokens-96" } as const;
  expect(await goldenKl({ ...run, chunk: 40 }, golden)).toBeLessThan(1e-8);
  expect(await goldenKl({ ...run, mode: "decode" }, golden)).toBeLessThan(1e-8);
});

it("NVFP4: the last of 700 tokens match f64", async () => {
  const run = { model, tokens: "tokens-700", chunk: 512 };
  expect(await goldenKl(run, `${model}.tokens-700.last16.logits.f32`)).toBeLessThan(1e-8);
});

it("NVFP4 split to bindings of 64 KiB: every piece has the scale", async () => {
  const device = { ...gpu, maxBindingBytes: 64 * 1024 };
  const run = { model, tokens: "tokens-96", mode: "decode", device } as const;
  expect(await goldenKl(run, golden)).toBeLessThan(1e-8);
});
