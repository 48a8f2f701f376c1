import { describe, expect, it } from "vitest";
import { gatedAttention, type KvCache } from "../../../reference/gated-attention";
import { rmsNorm } from "../../../reference/rms-norm";
import { rotate } from "../../../reference/rotary";
import { rotaryTable } from "../../runtime/shape/rotary";
import {
  download,
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
import { kvTypes, type KvType } from "../../../ground/kv-type";
import { compileAttention, compileAttentionMerge, compileAttentionPrepare } from "./attention";

const EPS = 1e-6;

interface Case {
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly headDim: number;
  readonly rotaryDim: number;
  readonly nTokens: number;
  readonly chunk: number;
  readonly nSplits: number;
  readonly start: number;
  /** Tokens of the cache's segments, where it has several. */
  readonly segments?: readonly number[];
}

const yarn = {
  factor: 4,
  originalContextLength: 64,
  betaFast: 32,
  betaSlow: 1,
  attentionFactor: 0.1 * Math.log(4) + 1,
};

/**
 * Runs the three kernels over all tokens in chunks; the gated output of every token, and the last chunk's
 * queries.
 */
async function attendOnGpu(
  shape: Case,
  kvType: KvType,
  projected: Float32Array<ArrayBuffer>,
  norms: Float32Array<ArrayBuffer>,
) {
  const { nHeads, nKvHeads, headDim, nTokens, chunk, nSplits, start } = shape;
  const [prepare, attention, merge] = await Promise.all([
    compileAttentionPrepare(gpu.compiler, shape, kvType),
    compileAttention(gpu.compiler, shape, kvType),
    compileAttentionMerge(gpu.compiler),
  ]);
  const rowStride = (2 * nHeads + 2 * nKvHeads) * headDim;
  const capacity = nTokens + 3;
  const segments = emptyCache(kvType, shape, shape.segments ?? [capacity]);
  const nAllSplits = nSplits * segments.length;
  const rotary = upload(rotaryTable({ ...shape, ropeTheta: 1e7 }));
  let actual: number[] = [];
  let queries = new Float32Array();
  for (let at = 0; at < nTokens; at += chunk) {
    const n = Math.min(chunk, nTokens - at);
    const step = uploadStep({ position: start + at, kvLength: at, nTokens: n, capacity });
    const q = empty(n * nHeads * headDim);
    const partial = empty(n * nHeads * nAllSplits * headDim);
    const extent = empty(n * nHeads * nAllSplits * 2);
    const y = empty(n * nHeads * headDim);
    const shared = {
      ...shape,
      step,
      projected: upload(projected.slice(at * rowStride, (at + n) * rowStride)),
    };
    run(
      [
        ...segments.map((segment) =>
          prepare(scope, "prepare", { ...shared, ...segment, norms: upload(norms), rotary, q, eps: EPS }),
        ),
        ...segments.map((segment, i) =>
          attention(scope, "attention", {
            step,
            q,
            ...segment,
            partialOut: partial,
            extent,
            nSplits,
            firstSplit: i * nSplits,
            nAllSplits,
          }),
        ),
        merge(scope, "merge", { ...shared, partialOut: partial, extent, y, rowStride, nSplits: nAllSplits }),
      ],
      n,
    );
    actual = actual.concat([...(await download(y))]);
    queries = await download(q);
  }
  return { actual, queries };
}

function inputs({ nHeads, nKvHeads, headDim, nTokens }: Case) {
  const rowStride = (2 * nHeads + 2 * nKvHeads) * headDim;
  const projected = randomNormal(nTokens * rowStride, 1);
  const norms = randomNormal(2 * headDim, 2).map((value) => 1 + 0.3 * value);
  const at = (t: number, column: number, length: number) =>
    Float64Array.from(projected.subarray(t * rowStride + column, t * rowStride + column + length));
  return { projected, norms, at };
}

// f16 holds 11 bits of keys and values; q8 leaves an error of up to 1/254 of a block's largest, about three
// here.
const tolerance = { f16: 2e-3, q8: 2e-2 } as const;

const f16Cases: readonly Case[] = [
  // the real head sizes; longer than a tile, in one split and in many
  { nHeads: 8, nKvHeads: 2, headDim: 256, rotaryDim: 64, nTokens: 70, chunk: 70, nSplits: 1, start: 0 },
  // 27B's group
  { nHeads: 6, nKvHeads: 1, headDim: 256, rotaryDim: 64, nTokens: 5, chunk: 1, nSplits: 32, start: 0 },
  { nHeads: 4, nKvHeads: 2, headDim: 64, rotaryDim: 16, nTokens: 200, chunk: 33, nSplits: 3, start: 1000 },
  { nHeads: 2, nKvHeads: 2, headDim: 32, rotaryDim: 8, nTokens: 66, chunk: 64, nSplits: 8, start: 0 },
  // three stretches of 256 positions, dealt out to two splits
  { nHeads: 2, nKvHeads: 1, headDim: 32, rotaryDim: 8, nTokens: 600, chunk: 150, nSplits: 2, start: 0 },
  // a chunk across segments, one of them of part of a tile, and one that is not reached
  ...[
    { nHeads: 4, nKvHeads: 2, headDim: 64, rotaryDim: 16, nTokens: 100, chunk: 48, nSplits: 2, start: 0 },
  ].map((shape) => ({ ...shape, segments: [40, 64, 8] })),
  // all rotated
  { nHeads: 8, nKvHeads: 1, headDim: 96, rotaryDim: 96, nTokens: 3, chunk: 2, nSplits: 1, start: 0 },
];

// q8 is tried where it differs: a unit of scales full, part of one, and segments.
const cases = {
  f16: f16Cases,
  q8: f16Cases.filter(
    ({ headDim, nHeads, segments }) => (headDim === 256 && nHeads === 8) || headDim === 96 || segments,
  ),
};

describe.each(kvTypes)("attention on %s", (kvType) => {
  it.each<Case>(cases[kvType])("matches f64 up to the rounding of keys and values for %o", async (shape) => {
    const { nHeads, nKvHeads, headDim, nTokens, start } = shape;
    const { projected, norms, at } = inputs(shape);
    const { actual } = await attendOnGpu(shape, kvType, projected, norms);
    const cache: KvCache = { keys: [], values: [] };
    const expected = Array.from({ length: nTokens }, (_, t) => [
      ...gatedAttention(
        {
          queryAndGate: at(t, 0, 2 * nHeads * headDim),
          k: at(t, 2 * nHeads * headDim, nKvHeads * headDim),
          v: at(t, (2 * nHeads + nKvHeads) * headDim, nKvHeads * headDim),
          qNorm: Float64Array.from(norms.subarray(0, headDim)),
          kNorm: Float64Array.from(norms.subarray(headDim)),
          position: start + t,
          eps: EPS,
        },
        cache,
        { ...shape, ropeTheta: 1e7 },
      ),
    ]).flat();
    expect(worstError(actual, expected)).toBeLessThan(tolerance[kvType]);
  });
});

describe("attention-prepare", () => {
  it.each([
    [0, undefined],
    [262_143, undefined],
    [1_009_999, undefined],
    [1_009_999, yarn],
  ])("rotates queries at position %i as f64 does", async (position, stretched) => {
    const shape: Case = {
      nHeads: 2,
      nKvHeads: 1,
      headDim: 256,
      rotaryDim: 64,
      nTokens: 1,
      chunk: 1,
      nSplits: 1,
      start: position,
      ...(stretched && { yarn: stretched }),
    };
    const { projected, norms, at } = inputs(shape);
    const { queries } = await attendOnGpu(shape, "f16", projected, norms);
    const qNorm = Float64Array.from(norms.subarray(0, 256));
    const expected = [0, 1].flatMap((head) => [
      ...rotate(rmsNorm(at(0, 2 * head * 256, 256), qNorm, EPS), position, { ...shape, ropeTheta: 1e7 }).map(
        (value) => value / 16,
      ),
    ]);
    expect(worstError(queries, expected)).toBeLessThan(3e-7);
  });
});
