import { describe, expect, it } from "vitest";
import {
  deltaRuleSample,
  inKernelOrder,
  type DeltaRuleCase,
} from "../../../testing/samples/delta-rule-sample";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { compileDeltaRule } from "./delta-rule";

describe("delta-rule", () => {
  it.each<DeltaRuleCase>([
    { nKeyHeads: 2, nValueHeads: 2, keyDim: 128, valueDim: 128, nTokens: 1 },
    { nKeyHeads: 2, nValueHeads: 4, keyDim: 128, valueDim: 128, nTokens: 9 }, // 2x, as 4B and 9B
    { nKeyHeads: 2, nValueHeads: 6, keyDim: 64, valueDim: 64, nTokens: 70 }, // 3x, as 27B
    { nKeyHeads: 1, nValueHeads: 1, keyDim: 32, valueDim: 96, nTokens: 5 }, // value rows not a power of two
  ])("matches f64 for %o, at once and token by token", async (shape) => {
    const { nTokens } = shape;
    const kernel = await compileDeltaRule(gpu.compiler, shape);
    const { c, projected, gates, cStride, expected, state: finalState, ...rest } = deltaRuleSample(shape);
    const { rowStride } = rest;
    for (const chunk of new Set([nTokens, 1])) {
      const state = empty(finalState.length);
      const actual: number[] = [];
      for (let at = 0; at < nTokens; at += chunk) {
        const o = empty(chunk * shape.nValueHeads * shape.valueDim);
        const args = {
          ...shape,
          ...rest,
          state,
          o,
          step: uploadStep({ kvLength: at, nTokens: chunk }),
          c: upload(c.slice(at * cStride, (at + chunk) * cStride)),
          projected: upload(projected.slice(at * rowStride, (at + chunk) * rowStride)),
          gates: upload(gates),
        };
        run([kernel(scope, "test", args)], chunk);
        actual.push(...(await download(o)));
      }
      expect(worstError(actual, expected)).toBeLessThan(5e-6);
      expect(worstError(await download(state), inKernelOrder(finalState, shape))).toBeLessThan(5e-6);
    }
  });

  it("leaves the state alone once the step is halted", async () => {
    const shape: DeltaRuleCase = { nKeyHeads: 1, nValueHeads: 1, keyDim: 64, valueDim: 64, nTokens: 1 };
    const kernel = await compileDeltaRule(gpu.compiler, shape);
    const { c, projected, gates, rowStride, bColumn, aColumn } = deltaRuleSample(shape);
    const before = randomNormal(64 * 64, 9);
    const state = upload(before);
    const args = { ...shape, rowStride, bColumn, aColumn, state, o: empty(64), c: upload(c) };
    const step = uploadStep({ halt: 1 });
    run([kernel(scope, "test", { ...args, projected: upload(projected), gates: upload(gates), step })]);
    expect(await download(state)).toEqual(before);
  });
});
