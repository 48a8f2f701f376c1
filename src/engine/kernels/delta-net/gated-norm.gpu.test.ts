import { describe, expect, it } from "vitest";
import { gatedNorm } from "../../../reference/gated-norm";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { compileGatedNorm } from "./gated-norm";

describe("gated-norm", async () => {
  const kernel = await compileGatedNorm(gpu.compiler);

  it.each([
    [1, 1, 32], // narrower than the workgroup
    [3, 4, 128],
    [2, 6, 96], // no power of two
  ])("matches f64 for %i tokens of %i heads of %i", async (nTokens, nHeads, headDim) => {
    const width = nHeads * headDim;
    const zColumn = 8;
    const rowStride = width + 12;
    const o = randomNormal(nTokens * width, 1);
    const projected = randomNormal(nTokens * rowStride, 2);
    const weight = randomNormal(headDim, 3);
    const y = empty(o.length);
    const args = { nHeads, headDim, rowStride, zColumn, eps: 1e-6, o: upload(o), y, weight: upload(weight) };
    run(
      [kernel(scope, "test", { ...args, projected: upload(projected), step: uploadStep({ nTokens }) })],
      nTokens,
    );
    const expected = Array.from({ length: nTokens }, (_, t) => {
      const z = projected.subarray(t * rowStride + zColumn, t * rowStride + zColumn + width);
      const row = o.subarray(t * width, (t + 1) * width);
      return [...gatedNorm(Float64Array.from(row), Float64Array.from(z), Float64Array.from(weight), 1e-6)];
    }).flat();
    expect(worstError(await download(y), expected)).toBeLessThan(3e-6);
  });
});
