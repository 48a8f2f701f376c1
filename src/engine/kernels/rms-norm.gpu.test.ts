import { describe, expect, it } from "vitest";
import { rmsNorm } from "../../reference/rms-norm";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "../../testing/gpu/gpu";
import { randomNormal } from "../../testing/samples/random";
import { compileRmsNorm } from "./rms-norm";

describe("rms-norm", async () => {
  const kernel = await compileRmsNorm(gpu.compiler);
  const reference = (x: Float32Array, weight: Float32Array, eps: number) => {
    const rows = Array.from({ length: x.length / weight.length }, (_, i) =>
      rmsNorm(
        Float64Array.from(x.subarray(i * weight.length, (i + 1) * weight.length)),
        Float64Array.from(weight),
        eps,
      ),
    );
    return rows.flatMap((row) => [...row]);
  };

  // 1: shortest row. 1000: not a multiple of the workgroup. 5120: the 27B model.
  it.each([
    [1, 1],
    [3, 1000],
    [5, 5120],
  ])("matches f64 for %i tokens of %i", async (nTokens, hiddenSize) => {
    const x = randomNormal(nTokens * hiddenSize, 1);
    const weight = randomNormal(hiddenSize, 2);
    const y = empty(x.length);
    const args = {
      step: uploadStep({ nTokens }),
      x: upload(x),
      weight: upload(weight),
      y,
      hiddenSize,
      eps: 1e-6,
    };
    run([kernel(scope, "test", args)], nTokens);
    expect(worstError(await download(y), reference(x, weight, 1e-6))).toBeLessThan(2e-6);
  });

  it("counts eps where the row is small", async () => {
    const x = randomNormal(256, 3).map((value) => value * 1e-3);
    const weight = new Float32Array(256).fill(1);
    const y = empty(256);
    run([
      kernel(scope, "test", {
        step: uploadStep({}),
        x: upload(x),
        weight: upload(weight),
        y,
        hiddenSize: 256,
        eps: 1e-6,
      }),
    ]);
    const actual = await download(y);
    expect(worstError(actual, reference(x, weight, 1e-6))).toBeLessThan(2e-6);
    expect(worstError(actual, reference(x, weight, 0))).toBeGreaterThan(0.1);
  });

  it("with lastOnly norms the step's last row into row 0 and nothing else", async () => {
    const x = randomNormal(3 * 64, 4);
    const weight = randomNormal(64, 5);
    const y = empty(3 * 64);
    const args = { x: upload(x), weight: upload(weight), y, hiddenSize: 64, eps: 1e-6, lastOnly: true };
    run([kernel(scope, "test", { ...args, step: uploadStep({ nTokens: 3 }) })], 3);
    const actual = await download(y);
    expect(worstError(actual.subarray(0, 64), reference(x.subarray(128), weight, 1e-6))).toBeLessThan(2e-6);
    expect(actual.subarray(64).every((value) => value === 0)).toBe(true);
  });
});
