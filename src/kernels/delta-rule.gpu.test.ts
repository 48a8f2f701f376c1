import { describe, expect, it } from "vitest";
import { deltaRule } from "../reference/delta-rule";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "../testing/gpu";
import { randomNormal } from "../testing/random";
import { compileDeltaRule } from "./delta-rule";

interface Case {
  readonly nKeyHeads: number;
  readonly nValueHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly nTokens: number;
}

/** Random inputs of a few heads and what f64 makes of them. */
function prepare({ nTokens, ...shape }: Case) {
  const { nKeyHeads, nValueHeads, keyDim, valueDim } = shape;
  const cStride = 2 * nKeyHeads * keyDim + nValueHeads * valueDim;
  const rowStride = 2 * nValueHeads + 4; // gates, and other columns before them
  const c = randomNormal(nTokens * cStride, 1);
  const projected = randomNormal(nTokens * rowStride, 2);
  const gates = new Float32Array(2 * nValueHeads);
  randomNormal(nValueHeads, 3).forEach((value, head) => {
    gates[head] = -Math.exp(value); // fast and slow decays
    gates[nValueHeads + head] = value - 2;
  });
  const columns = { bColumn: 4, aColumn: 4 + nValueHeads };
  const state = new Float64Array(nValueHeads * valueDim * keyDim);
  const o = Array.from({ length: nTokens }, (_, t) => {
    const gate = (column: number) =>
      Float64Array.from(projected.subarray(t * rowStride + column, t * rowStride + column + nValueHeads));
    return deltaRule(
      {
        ...shape,
        c: Float64Array.from(c.subarray(t * cStride, (t + 1) * cStride)),
        aRaw: gate(columns.aColumn),
        bRaw: gate(columns.bColumn),
        a: Float64Array.from(gates.subarray(0, nValueHeads)),
        dtBias: Float64Array.from(gates.subarray(nValueHeads)),
      },
      state,
    );
  });
  return { c, projected, gates, cStride, rowStride, columns, expected: o.flatMap((row) => [...row]), state };
}

/** The kernel's state order [head, keyDim / 4, valueDim, 4] of the reference's [head, valueDim, keyDim]. */
function inKernelOrder(state: Float64Array, { nValueHeads, keyDim, valueDim }: Case): Float64Array {
  const out = new Float64Array(state.length);
  for (let head = 0; head < nValueHeads; head++)
    for (let row = 0; row < valueDim; row++)
      for (let k = 0; k < keyDim; k++)
        out[((head * keyDim) / 4 + Math.floor(k / 4)) * valueDim * 4 + row * 4 + (k % 4)] =
          state[(head * valueDim + row) * keyDim + k]!;
  return out;
}

describe("delta-rule", () => {
  it.each<Case>([
    { nKeyHeads: 2, nValueHeads: 2, keyDim: 128, valueDim: 128, nTokens: 1 },
    { nKeyHeads: 2, nValueHeads: 4, keyDim: 128, valueDim: 128, nTokens: 9 }, // 2x, as 4B and 9B
    { nKeyHeads: 2, nValueHeads: 6, keyDim: 64, valueDim: 64, nTokens: 70 }, // 3x, as 27B
    { nKeyHeads: 1, nValueHeads: 1, keyDim: 32, valueDim: 96, nTokens: 5 }, // value rows not a power of two
  ])("matches f64 for %o, at once and token by token", async (shape) => {
    const { nTokens } = shape;
    const kernel = await compileDeltaRule(gpu.compiler, shape);
    const { c, projected, gates, cStride, rowStride, columns, expected, state: finalState } = prepare(shape);
    for (const chunk of new Set([nTokens, 1])) {
      const state = empty(finalState.length);
      const actual: number[] = [];
      for (let at = 0; at < nTokens; at += chunk) {
        const o = empty(chunk * shape.nValueHeads * shape.valueDim);
        const args = {
          ...shape,
          ...columns,
          rowStride,
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
    const shape: Case = { nKeyHeads: 1, nValueHeads: 1, keyDim: 64, valueDim: 64, nTokens: 1 };
    const kernel = await compileDeltaRule(gpu.compiler, shape);
    const { c, projected, gates, rowStride, columns } = prepare(shape);
    const before = randomNormal(64 * 64, 9);
    const state = upload(before);
    const args = {
      ...shape,
      ...columns,
      rowStride,
      state,
      o: empty(64),
      c: upload(c),
      projected: upload(projected),
    };
    run([kernel(scope, "test", { ...args, gates: upload(gates), step: uploadStep({ halt: 1 }) })]);
    expect(await download(state)).toEqual(before);
  });
});
