import { describe, expect, it } from "vitest";
import { causalConv, convKernel } from "../../../reference/causal-conv";
import { deltaRule } from "../../../reference/delta-rule";
import { gatedNorm } from "../../../reference/gated-norm";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { compileDeltaNetToken, type DeltaNetShape } from "./delta-net-token";

const EPS = 1e-6;

/** Random weights and inputs of a few tokens. */
function inputsOf({ nKeyHeads, nValueHeads, keyDim, valueDim }: DeltaNetShape, nTokens: number) {
  const valueSize = nValueHeads * valueDim;
  const nChannels = 2 * nKeyHeads * keyDim + valueSize;
  const columns = {
    zColumn: nChannels,
    bColumn: nChannels + valueSize,
    aColumn: nChannels + valueSize + nValueHeads,
  };
  const rowStride = Math.ceil((columns.aColumn + nValueHeads) / 4) * 4;
  const gates = new Float32Array(2 * nValueHeads);
  randomNormal(nValueHeads, 3).forEach((value, head) => {
    gates[head] = -Math.exp(value); // fast and slow decays
    gates[nValueHeads + head] = value - 2;
  });
  return {
    nChannels,
    valueSize,
    columns,
    rowStride,
    gates,
    projected: randomNormal(nTokens * rowStride, 1),
    taps: randomNormal(nChannels * convKernel, 2),
    norm: randomNormal(valueDim, 4).map((value) => 1 + 0.3 * value),
  };
}

describe("delta-net-token", () => {
  it.each<DeltaNetShape & { nTokens: number }>([
    { nKeyHeads: 2, nValueHeads: 2, keyDim: 128, valueDim: 128, nTokens: 6 }, // longer than the ring
    { nKeyHeads: 2, nValueHeads: 4, keyDim: 128, valueDim: 128, nTokens: 3 }, // 2x, as 4B and 9B
    { nKeyHeads: 2, nValueHeads: 6, keyDim: 64, valueDim: 64, nTokens: 9 }, // 3x, as 27B
    { nKeyHeads: 1, nValueHeads: 1, keyDim: 32, valueDim: 96, nTokens: 5 }, // value rows not a power of two
    { nKeyHeads: 1, nValueHeads: 2, keyDim: 32, valueDim: 32, nTokens: 5 }, // a vec4 a lane
    { nKeyHeads: 1, nValueHeads: 1, keyDim: 64, valueDim: 256, nTokens: 5 }, // a whole row a lane
  ])("matches f64 for %o, token by token", async ({ nTokens, ...shape }) => {
    const { nKeyHeads, nValueHeads, keyDim, valueDim } = shape;
    const given = inputsOf(shape, nTokens);
    const { columns, nChannels, valueSize, rowStride } = given;
    const kernel = await compileDeltaNetToken(gpu.compiler, shape);
    const f64 = (values: Float32Array) => Float64Array.from(values);
    const conv = new Float64Array((convKernel - 1) * nChannels);
    const S = new Float64Array(nValueHeads * valueDim * keyDim);
    const [ring, state, y] = [empty(4 * nChannels), empty(S.length), empty(valueSize)];
    for (let t = 0; t < nTokens; t++) {
      const projected = given.projected.slice(t * rowStride, (t + 1) * rowStride);
      const part = (from: number, length: number) => f64(projected.subarray(from, from + length));
      const c = causalConv(part(0, nChannels), f64(given.taps), conv);
      const o = deltaRule(
        {
          nKeyHeads,
          nValueHeads,
          keyDim,
          valueDim,
          c,
          aRaw: part(columns.aColumn, nValueHeads),
          bRaw: part(columns.bColumn, nValueHeads),
          a: f64(given.gates.subarray(0, nValueHeads)),
          dtBias: f64(given.gates.subarray(nValueHeads)),
        },
        S,
      );
      const expected = gatedNorm(o, part(columns.zColumn, valueSize), f64(given.norm), EPS);
      const args = {
        ...columns,
        eps: EPS,
        ring,
        state,
        y,
        projected: upload(projected),
        taps: upload(given.taps),
        gates: upload(given.gates),
        norm: upload(given.norm),
        step: uploadStep({ kvLength: t }),
      };
      run([kernel(scope, "test", args)]);
      expect(worstError(await download(y), expected)).toBeLessThan(2e-5);
    }
    const inOrder = new Float64Array(S.length); // [head, keyDim / 4, valueDim, 4] of [head, valueDim, keyDim]
    S.forEach((value, i) => {
      const [head, row, k] = [
        Math.floor(i / (valueDim * keyDim)),
        Math.floor(i / keyDim) % valueDim,
        i % keyDim,
      ];
      inOrder[(((head * keyDim) / 4 + Math.floor(k / 4)) * valueDim + row) * 4 + (k % 4)] = value;
    });
    expect(worstError(await download(state), inOrder)).toBeLessThan(5e-6);
    const slots = await download(ring);
    for (let t = Math.max(0, nTokens - 4); t < nTokens; t++) {
      const slot = slots.slice((t & 3) * nChannels, ((t & 3) + 1) * nChannels);
      expect(slot).toEqual(given.projected.slice(t * rowStride, t * rowStride + nChannels));
    }
  });

  it("leaves state and ring alone once the step is halted", async () => {
    const shape: DeltaNetShape = { nKeyHeads: 1, nValueHeads: 2, keyDim: 64, valueDim: 64 };
    const { projected, taps, gates, norm, columns, nChannels } = inputsOf(shape, 1);
    const kernel = await compileDeltaNetToken(gpu.compiler, shape);
    const before = { state: randomNormal(2 * 64 * 64, 9), ring: randomNormal(4 * nChannels, 8) };
    const [state, ring] = [upload(before.state), upload(before.ring)];
    const inputs = {
      projected: upload(projected),
      taps: upload(taps),
      gates: upload(gates),
      norm: upload(norm),
    };
    const step = uploadStep({ kvLength: 2, halt: 1 });
    run([kernel(scope, "test", { ...columns, ...inputs, eps: EPS, step, state, ring, y: empty(128) })]);
    expect(await download(state)).toEqual(before.state);
    expect(await download(ring)).toEqual(before.ring);
  });
});
