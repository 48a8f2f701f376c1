import { describe, expect, it } from "vitest";
import { gatedAttention, type KvCache } from "../reference/gated-attention";
import { rotaryTable } from "../runtime/rotary";
import {
  download,
  downloadU32,
  empty,
  gpu,
  run,
  scope,
  upload,
  uploadStep,
  worstError,
} from "../testing/gpu";
import { randomNormal } from "../testing/random";
import { compileAttentionMerge, compileAttentionPrepare } from "./attention";
import { compileAttentionToken } from "./attention-token";

const EPS = 1e-6;

interface Case {
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly headDim: number;
  readonly rotaryDim: number;
  readonly nTokens: number;
  readonly nSplits: number;
  readonly start: number;
}

function inputsOf({ nHeads, nKvHeads, headDim, rotaryDim, nTokens }: Case) {
  const rowStride = (2 * nHeads + 2 * nKvHeads) * headDim;
  return {
    rowStride,
    projected: randomNormal(nTokens * rowStride, 1),
    norms: randomNormal(2 * headDim, 2).map((value) => 1 + 0.3 * value),
    rotary: upload(rotaryTable({ nHeads, nKvHeads, headDim, rotaryDim, ropeTheta: 1e7 })),
  };
}

describe("attention-token", () => {
  it.each<Case>([
    // the real head sizes; more than a tile in a split, and splits without a tile
    { nHeads: 8, nKvHeads: 2, headDim: 256, rotaryDim: 64, nTokens: 70, nSplits: 2, start: 0 },
    { nHeads: 6, nKvHeads: 1, headDim: 256, rotaryDim: 64, nTokens: 5, nSplits: 64, start: 262_000 }, // 27B's group
    { nHeads: 8, nKvHeads: 1, headDim: 256, rotaryDim: 64, nTokens: 3, nSplits: 1, start: 0 }, // the most workgroup memory
    { nHeads: 4, nKvHeads: 2, headDim: 64, rotaryDim: 16, nTokens: 100, nSplits: 3, start: 1000 },
    { nHeads: 2, nKvHeads: 2, headDim: 32, rotaryDim: 8, nTokens: 66, nSplits: 8, start: 0 },
    { nHeads: 2, nKvHeads: 1, headDim: 96, rotaryDim: 96, nTokens: 34, nSplits: 1, start: 0 }, // all rotated; idle lanes
  ])("matches f64 up to f16 keys and values, and stores what prefill stores, for %o", async (shape) => {
    const { nHeads, nKvHeads, headDim, rotaryDim, nTokens, nSplits, start } = shape;
    const given = inputsOf(shape);
    const { rowStride, rotary } = given;
    const [token, merge, prepare] = await Promise.all([
      compileAttentionToken(gpu.compiler, shape),
      compileAttentionMerge(gpu.compiler),
      compileAttentionPrepare(gpu.compiler),
    ]);
    const capacity = nTokens + 3;
    const cacheLength = (nKvHeads * capacity * headDim) / 2;
    const [keys, values] = [empty(cacheLength), empty(cacheLength)];
    const [partial, extent] = [empty(nHeads * nSplits * headDim), empty(nHeads * nSplits * 2)];
    const norms = upload(given.norms);
    const cache: KvCache = { keys: [], values: [] };
    const f64 = (from: number, length: number) =>
      Float64Array.from(given.projected.subarray(from, from + length));
    for (let t = 0; t < nTokens; t++) {
      const step = uploadStep({ position: start + t, kvLength: t, capacity });
      const projected = upload(given.projected.slice(t * rowStride, (t + 1) * rowStride));
      const y = empty(nHeads * headDim);
      const args = { step, projected, norms, rotary, keys, values, partial, extent, nSplits, eps: EPS };
      run([
        token(scope, "token", args),
        merge(scope, "merge", { step, partial, extent, projected, y, nHeads, headDim, nSplits, rowStride }),
      ]);
      const k = t * rowStride + 2 * nHeads * headDim;
      const expected = gatedAttention(
        {
          queryAndGate: f64(t * rowStride, 2 * nHeads * headDim),
          k: f64(k, nKvHeads * headDim),
          v: f64(k + nKvHeads * headDim, nKvHeads * headDim),
          qNorm: Float64Array.from(given.norms.subarray(0, headDim)),
          kNorm: Float64Array.from(given.norms.subarray(headDim)),
          position: start + t,
          eps: EPS,
        },
        cache,
        { nHeads, nKvHeads, headDim, rotaryDim, ropeTheta: 1e7 },
      );
      expect(worstError(await download(y), expected)).toBeLessThan(2e-3); // f16 holds 11 bits of keys and values
    }

    const plain = { keys: empty(cacheLength), values: empty(cacheLength) };
    const step = uploadStep({ position: start, kvLength: 0, nTokens, capacity });
    const projected = upload(given.projected);
    const q = empty(nTokens * nHeads * headDim);
    const args = {
      nHeads,
      nKvHeads,
      headDim,
      rotaryDim,
      eps: EPS,
      step,
      projected,
      norms,
      rotary,
      q,
      ...plain,
    };
    run([prepare(scope, "prepare", args)], nTokens);
    expect(await downloadU32(values)).toEqual(await downloadU32(plain.values));
    // A key's norm is summed in another order: a half may round the other way, by one in its last place.
    const [own, others] = [await downloadU32(keys), await downloadU32(plain.keys)];
    const nOff = own.filter((pair, i) => pair !== others[i]).length;
    expect(nOff / own.length).toBeLessThan(0.01);
  });

  it("stores nothing once the step is halted", async () => {
    const shape: Case = {
      nHeads: 2,
      nKvHeads: 1,
      headDim: 64,
      rotaryDim: 16,
      nTokens: 1,
      nSplits: 2,
      start: 0,
    };
    const { projected, norms, rotary } = inputsOf(shape);
    const kernel = await compileAttentionToken(gpu.compiler, shape);
    const before = randomNormal(4 * 32, 9);
    const [keys, values] = [upload(before), upload(before)];
    const args = {
      projected: upload(projected),
      norms: upload(norms),
      rotary,
      keys,
      values,
      nSplits: 2,
      eps: EPS,
    };
    const step = uploadStep({ kvLength: 1, halt: 1, capacity: 4 });
    run([kernel(scope, "token", { ...args, step, partial: empty(2 * 2 * 64), extent: empty(8) })]);
    expect(await download(keys)).toEqual(before);
    expect(await download(values)).toEqual(before);
  });
});
