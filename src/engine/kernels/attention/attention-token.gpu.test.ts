import { describe, expect, it } from "vitest";
import { gatedAttention, type KvCache } from "../../../reference/gated-attention";
import { rotaryTable } from "../../runtime/shape/rotary";
import {
  download,
  downloadU32,
  empty,
  emptyCache,
  gpu,
  run,
  scope,
  upload,
  uploadStep,
  worstError,
} from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { compileAttentionMerge, compileAttentionPrepare } from "./attention";
import { compileAttentionToken } from "./attention-token";
import { kvTypes } from "../../../ground/kv-type";

const EPS = 1e-6;

interface Case {
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly headDim: number;
  readonly rotaryDim: number;
  readonly nTokens: number;
  readonly nSplits: number;
  readonly start: number;
  /** Tokens of the cache's segments, where it has several. */
  readonly segments?: readonly number[];
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

// f16 holds 11 bits of keys and values; q8 leaves an error of up to 1/254 of a block's largest, about three
// here.
const tolerance = { f16: 2e-3, q8: 2e-2 } as const;

const f16Cases: readonly Case[] = [
  // the real head sizes; more than a tile in a split, and splits without a tile
  { nHeads: 8, nKvHeads: 2, headDim: 256, rotaryDim: 64, nTokens: 70, nSplits: 2, start: 0 },
  // 27B's group: two workgroups
  { nHeads: 6, nKvHeads: 1, headDim: 256, rotaryDim: 64, nTokens: 5, nSplits: 64, start: 262_000 },
  { nHeads: 4, nKvHeads: 2, headDim: 64, rotaryDim: 16, nTokens: 100, nSplits: 3, start: 1000 },
  { nHeads: 2, nKvHeads: 2, headDim: 32, rotaryDim: 8, nTokens: 66, nSplits: 8, start: 0 },
  // all rotated; idle lanes
  { nHeads: 2, nKvHeads: 1, headDim: 96, rotaryDim: 96, nTokens: 34, nSplits: 1, start: 0 },
  ...[{ nHeads: 4, nKvHeads: 2, headDim: 64, rotaryDim: 16, nTokens: 50, nSplits: 2, start: 0 }].map(
    (shape) => ({
      ...shape,
      segments: [20, 33, 8], // one of them of part of a tile, and one that is not reached
    }),
  ),
];

// q8 is tried where it differs: a unit of scales full, part of one, and segments.
const cases = {
  f16: f16Cases,
  q8: f16Cases.filter(
    ({ headDim, nHeads, segments }) => (headDim === 256 && nHeads === 8) || headDim === 96 || segments,
  ),
};

describe.each(kvTypes)("attention-token on %s", (kvType) => {
  it.each<Case>(cases[kvType])(
    "matches f64 up to the rounding of keys and values, and stores what prefill stores, for %o",
    async (shape) => {
      const { nHeads, nKvHeads, headDim, rotaryDim, nTokens, nSplits, start } = shape;
      const given = inputsOf(shape);
      const { rowStride, rotary } = given;
      const [token, merge, prepare] = await Promise.all([
        compileAttentionToken(gpu.compiler, shape, kvType),
        compileAttentionMerge(gpu.compiler),
        compileAttentionPrepare(gpu.compiler, shape, kvType),
      ]);
      const capacity = nTokens + 3;
      const segments = emptyCache(kvType, shape, shape.segments ?? [capacity]);
      const nAllSplits = nSplits * segments.length;
      const [partial, extent] = [empty(nHeads * nAllSplits * headDim), empty(nHeads * nAllSplits * 2)];
      const norms = upload(given.norms);
      const cache: KvCache = { keys: [], values: [] };
      const f64 = (from: number, length: number) =>
        Float64Array.from(given.projected.subarray(from, from + length));
      for (let t = 0; t < nTokens; t++) {
        const step = uploadStep({ position: start + t, kvLength: t, capacity });
        const projected = upload(given.projected.slice(t * rowStride, (t + 1) * rowStride));
        const y = empty(nHeads * headDim);
        const args = {
          step,
          projected,
          norms,
          rotary,
          partialOut: partial,
          extent,
          nSplits,
          nAllSplits,
          eps: EPS,
        };
        run([
          ...segments.map((segment, i) =>
            token(scope, "token", { ...args, ...segment, firstSplit: i * nSplits }),
          ),
          merge(scope, "merge", {
            step,
            partialOut: partial,
            extent,
            projected,
            y,
            nHeads,
            headDim,
            rowStride,
            nSplits: nAllSplits,
          }),
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
        expect(worstError(await download(y), expected)).toBeLessThan(tolerance[kvType]);
      }

      const plain = emptyCache(kvType, shape, shape.segments ?? [capacity]);
      const step = uploadStep({ position: start, kvLength: 0, nTokens, capacity });
      const projected = upload(given.projected);
      const args = { step, projected, norms, rotary, eps: EPS, q: empty(nTokens * nHeads * headDim) };
      run(
        plain.map((segment) => prepare(scope, "prepare", { ...args, ...segment })),
        nTokens,
      );
      for (const [i, segment] of segments.entries()) {
        expect(await downloadU32(segment.values)).toEqual(await downloadU32(plain[i]!.values));
        // A key's norm is summed in another order: a value may round the other way, by one in its last place.
        const [own, others] = [await downloadU32(segment.keys), await downloadU32(plain[i]!.keys)];
        const nOff = own.filter((word, at) => word !== others[at]).length;
        expect(nOff / own.length).toBeLessThan(0.01);
      }
    },
  );

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
    const kernel = await compileAttentionToken(gpu.compiler, shape, kvType);
    const before = randomNormal(4 * 32, 9);
    const [keys, values] = [upload(before), upload(before)];
    const args = {
      projected: upload(projected),
      norms: upload(norms),
      rotary,
      keys,
      values,
      eps: EPS,
      firstToken: 0,
      capacity: 4,
      nSplits: 2,
      firstSplit: 0,
      nAllSplits: 2,
    };
    const step = uploadStep({ kvLength: 1, halt: 1, capacity: 4 });
    run([kernel(scope, "token", { ...args, step, partialOut: empty(2 * 2 * 64), extent: empty(8) })]);
    expect(await download(keys)).toEqual(before);
    expect(await download(values)).toEqual(before);
  });
});
