import { describe, expect, it } from "vitest";
import { swiglu } from "../../reference/swiglu";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "../../testing/gpu/gpu";
import { randomNormal } from "../../testing/samples/random";
import { compileSwiglu } from "./swiglu";

describe("swiglu", async () => {
  const kernel = await compileSwiglu(gpu.compiler);

  it.each([
    [1, 32],
    [3, 96], // not a multiple of what a workgroup takes
    [2, 3584], // the 0.8B model
  ])("matches f64 for %i tokens of %i", async (nTokens, intermediateSize) => {
    const gateUp = randomNormal(nTokens * 2 * intermediateSize, 1).map((value) => value * 4);
    const y = empty(nTokens * intermediateSize);
    const step = uploadStep({ nTokens });
    run([kernel(scope, "test", { step, gateUp: upload(gateUp), y, intermediateSize })], nTokens);
    const expected = Array.from({ length: nTokens }, (_, t) => {
      const row = Float64Array.from(
        gateUp.subarray(2 * t * intermediateSize, 2 * (t + 1) * intermediateSize),
      );
      return [...swiglu(row.subarray(0, intermediateSize), row.subarray(intermediateSize))];
    }).flat();
    expect(worstError(await download(y), expected)).toBeLessThan(2e-6);
  });

  it("gives no NaN for gates far below zero, where exp overflows", async () => {
    const gateUp = Float32Array.from([-200, -1e5, 200, 1e5, 1, 1, 1, 1]);
    const y = empty(4);
    run([kernel(scope, "test", { step: uploadStep({}), gateUp: upload(gateUp), y, intermediateSize: 4 })]);
    expect(worstError(await download(y), [0, 0, 200, 1e5])).toBeLessThan(1e-6);
  });
});
