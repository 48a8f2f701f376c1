import { describe, expect, it } from "vitest";
import {
  deltaRuleSample,
  inKernelOrder,
  type DeltaRuleCase,
  type DeltaRuleInputs,
} from "../../../testing/samples/delta-rule-sample";
import { download, empty, gpu, run, scope, upload, uploadStep } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { BLOCK_RECORD, compileDeltaRuleBlocks } from "./delta-rule-blocks";

const GUARD = 64;

/**
 * Largest errors of what is read and of the state behind it, against their largest values or 1, of a prompt
 * in chunks that are cut where `ends` say. What lies behind a chunk in its buffers is NaN, and must not
 * matter.
 */
async function errorsOf(
  shape: DeltaRuleCase,
  ends: readonly number[] = [shape.nTokens],
  change?: (inputs: DeltaRuleInputs) => void,
) {
  const { nTokens, nValueHeads, valueDim } = shape;
  const kernel = await compileDeltaRuleBlocks(gpu.compiler, shape);
  const sample = deltaRuleSample(shape, change);
  const { c, cStride, projected, rowStride, gates, expected, state: finalState, ...columns } = sample;
  const padded = (values: Float32Array, from: number, to: number) => {
    const chunk = new Float32Array(to - from + GUARD).fill(NaN);
    chunk.set(values.subarray(from, to));
    return upload(chunk);
  };
  const state = empty(finalState.length);
  const actual: number[] = [];
  let at = 0;
  for (const end of ends) {
    const length = end - at;
    const o = empty(length * nValueHeads * valueDim);
    const dispatches = kernel(scope, "test", {
      ...shape,
      ...columns,
      rowStride,
      state,
      o,
      blocks: upload(new Float32Array(length * nValueHeads * BLOCK_RECORD).fill(NaN)),
      step: uploadStep({ kvLength: at, nTokens: length }),
      c: padded(c, at * cStride, end * cStride),
      projected: padded(projected, at * rowStride, end * rowStride),
      gates: upload(gates),
    });
    run(dispatches, length);
    actual.push(...(await download(o)));
    at = end;
  }
  expect(actual).toHaveLength(nTokens * nValueHeads * valueDim);
  return Math.max(
    relativeError(actual, expected),
    relativeError(await download(state), inKernelOrder(finalState, shape)),
  );
}

function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  let largest = 1;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return worst / largest;
}

describe("delta-rule-blocks", () => {
  it.each<[DeltaRuleCase, number[]?]>([
    [{ nKeyHeads: 2, nValueHeads: 2, keyDim: 128, valueDim: 128, nTokens: 1 }],
    // 2x, as 4B and 9B; less than a block
    [{ nKeyHeads: 2, nValueHeads: 4, keyDim: 128, valueDim: 128, nTokens: 40 }, [9, 40]],
    // 3x, as 27B; a part of a block at the end
    [{ nKeyHeads: 2, nValueHeads: 6, keyDim: 64, valueDim: 64, nTokens: 70 }, [70]],
    // beside block borders
    [{ nKeyHeads: 2, nValueHeads: 6, keyDim: 64, valueDim: 64, nTokens: 70 }, [31, 32, 64, 70]],
    // value rows not a power of two; one token more than two blocks
    [{ nKeyHeads: 1, nValueHeads: 1, keyDim: 32, valueDim: 96, nTokens: 65 }],
  ])("matches f64 for %o in chunks to %o", async (shape, ends) => {
    expect(await errorsOf(shape, ends)).toBeLessThan(5e-6);
  });

  const shape = { nKeyHeads: 2, nValueHeads: 4, keyDim: 64, valueDim: 32, nTokens: 75 };
  const forTokens =
    (change: (inputs: DeltaRuleInputs, token: number) => void) =>
    (inputs: DeltaRuleInputs): void => {
      for (let token = 0; token < shape.nTokens; token++) change(inputs, token);
    };
  const rawGates = ({ projected, rowStride, bColumn, aColumn }: DeltaRuleInputs, token: number) => {
    const of = (column: number) =>
      projected.subarray(token * rowStride + column, token * rowStride + column + shape.nValueHeads);
    return { a: of(aColumn), b: of(bColumn) };
  };
  const slow = ({ gates }: DeltaRuleInputs) => gates.fill(-0.01, 0, shape.nValueHeads);
  const sameKey = ({ c, cStride }: DeltaRuleInputs, token: number) => {
    const keys = shape.nKeyHeads * shape.keyDim;
    c.copyWithin(token * cStride + keys, keys, 2 * keys);
  };

  it.each<[string, (inputs: DeltaRuleInputs) => void]>([
    [
      "alpha is about 1e-6",
      forTokens((inputs, t) => {
        inputs.gates.fill(-0.75, 0, shape.nValueHeads);
        rawGates(inputs, t).a.fill(20); // softplus(20 + dt_bias) is 16 to 20
      }),
    ],
    ["alpha underflows", forTokens((inputs, t) => rawGates(inputs, t).a.fill(1000))],
    [
      "slow decays follow one that forgets all",
      forTokens((inputs, t) => {
        slow(inputs);
        rawGates(inputs, t).a.fill(t % 10 === 3 ? 1e5 : -3);
      }),
    ],
    ["beta is 0", forTokens((inputs, t) => rawGates(inputs, t).b.fill(-200))],
    ["beta is 1", forTokens((inputs, t) => rawGates(inputs, t).b.fill(200))],
    [
      "all keys are the same, beta is 1 and nothing is forgotten",
      forTokens((inputs, t) => {
        slow(inputs);
        sameKey(inputs, t);
        rawGates(inputs, t).a.fill(-30);
        rawGates(inputs, t).b.fill(30);
      }),
    ],
    [
      "all keys are the same and decay slowly",
      forTokens((inputs, t) => {
        slow(inputs);
        sameKey(inputs, t);
      }),
    ],
    [
      "keys of one direction change their sign",
      forTokens((inputs, t) => {
        slow(inputs);
        sameKey(inputs, t);
        const { c, cStride } = inputs;
        const keys = shape.nKeyHeads * shape.keyDim;
        const row = c.subarray(t * cStride + keys, t * cStride + 2 * keys);
        if (t % 3 === 1) row.forEach((value, i) => (row[i] = -value));
        rawGates(inputs, t).b.fill(3);
      }),
    ],
    [
      "channels are a thousand times larger than others",
      forTokens(({ c, cStride }, t) => {
        for (let i = 0; i < cStride; i += 7) c[t * cStride + i]! *= 1000;
      }),
    ],
    [
      "keys and queries are zero",
      forTokens(({ c, cStride }, t) => {
        if (t % 2 === 1) c.fill(0, t * cStride, t * cStride + 2 * shape.nKeyHeads * shape.keyDim);
      }),
    ],
  ])("matches f64 where %s", async (_, change) => {
    expect(await errorsOf(shape, undefined, change)).toBeLessThan(5e-6);
  });

  it("leaves the state alone once the step is halted", async () => {
    const kernel = await compileDeltaRuleBlocks(gpu.compiler, shape);
    const { c, projected, gates, expected, state: finalState, ...rest } = deltaRuleSample(shape);
    const before = randomNormal(finalState.length, 9);
    const state = upload(before);
    const args = { ...shape, ...rest, state, o: empty(expected.length), c: upload(c) };
    run(
      kernel(scope, "test", {
        ...args,
        blocks: empty(shape.nTokens * shape.nValueHeads * BLOCK_RECORD),
        projected: upload(projected),
        gates: upload(gates),
        step: uploadStep({ nTokens: shape.nTokens, halt: 1 }),
      }),
      shape.nTokens,
    );
    expect(await download(state)).toEqual(before);
  });
});
