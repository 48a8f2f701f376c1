import { describe, expect, it } from "vitest";
import { causalConv } from "../../../reference/causal-conv";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { compileCausalConv } from "./causal-conv";

describe("causal-conv", async () => {
  const kernel = await compileCausalConv(gpu.compiler);
  const N_CHANNELS = 100; // not a multiple of the workgroup
  const ROW_STRIDE = 108; // other columns stand beside u
  const N_TOKENS = 13;
  const u = randomNormal(N_TOKENS * ROW_STRIDE, 1);
  const taps = randomNormal(N_CHANNELS * 4, 2);
  const state = new Float64Array(3 * N_CHANNELS);
  const expected = Array.from({ length: N_TOKENS }, (_, t) =>
    causalConv(
      Float64Array.from(u.subarray(t * ROW_STRIDE, t * ROW_STRIDE + N_CHANNELS)),
      Float64Array.from(taps),
      state,
    ),
  ).flatMap((row) => [...row]);

  // 1: decode. 3: shorter than the window. 5: the ring's slots come round in the middle of a chunk.
  it.each([1, 2, 3, 4, 5, 13])("matches f64 in chunks of %i, the ring carrying over", async (chunk) => {
    const ring = empty(4 * N_CHANNELS);
    const actual: number[] = [];
    for (let at = 0; at < N_TOKENS; at += chunk) {
      const nTokens = Math.min(chunk, N_TOKENS - at);
      const c = empty(nTokens * N_CHANNELS);
      const projected = upload(u.slice(at * ROW_STRIDE, (at + nTokens) * ROW_STRIDE));
      const step = uploadStep({ kvLength: at, nTokens });
      const args = {
        step,
        projected,
        taps: upload(taps),
        ring,
        c,
        nChannels: N_CHANNELS,
        rowStride: ROW_STRIDE,
      };
      run([kernel(scope, "test", args)], nTokens);
      actual.push(...(await download(c)));
    }
    expect(worstError(actual, expected)).toBeLessThan(2e-6);
  });

  it("leaves the ring alone once the step is halted", async () => {
    const before = randomNormal(4 * N_CHANNELS, 3);
    const ring = upload(before);
    const c = empty(N_CHANNELS);
    const args = { projected: upload(u.slice(0, ROW_STRIDE)), taps: upload(taps), ring, c };
    const step = uploadStep({ halt: 1 });
    run([kernel(scope, "test", { ...args, step, nChannels: N_CHANNELS, rowStride: ROW_STRIDE })]);
    expect(await download(ring)).toEqual(before);
  });
});
