import { describe, expect, it } from "vitest";
import { quantize } from "../../../reference/weights/quantize";
import { brainBits } from "../../../testing/models/brain-bits";
import { float16Bits } from "../../weights/bytes/half-floats";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "../../../testing/gpu/gpu";
import {
  quantizeSample,
  sampleNames,
  squaredError,
  quantizeBaseline,
} from "../../../testing/samples/quantize-samples";
import { randomNormal } from "../../../testing/samples/random";
import { compileEmbed } from "../embed";
import {
  plainTypes,
  quantizedTypes,
  type PlainType,
  type QuantizedType,
} from "../../weights/types/type-facts";
import { compileRepack } from "./repack";
import { blockOf } from "./repacking";
import { layoutOf, SPAN_WEIGHTS } from "../products/weight-format";

const bytesOf: Readonly<Record<PlainType, (values: Float32Array) => Uint8Array<ArrayBuffer>>> = {
  F32: (values) => new Uint8Array(values.slice().buffer),
  F16: (values) => new Uint8Array(Uint16Array.from(values, float16Bits).buffer),
  BF16: (values) => new Uint8Array(Uint16Array.from(values, brainBits).buffer),
};

/** The values that rows [n, k] have once quantized, in slices that start at the given blocks. */
async function quantized(
  values: Float32Array,
  k: number,
  from: PlainType,
  to: QuantizedType,
  starts: readonly number[] = [0],
): Promise<Float32Array> {
  const { weights, bytes } = blockOf({ from, to });
  const raw = bytesOf[from](values);
  const nBlocks = values.length / weights;
  const nSpans = values.length / SPAN_WEIGHTS;
  const planes = empty(layoutOf(to, nSpans).sizeBytes / 4);
  const repack = await compileRepack(gpu.compiler, { from, to });
  starts.forEach((firstBlock, i) => {
    const end = starts[i + 1] ?? nBlocks;
    const slice = upload(raw.slice(firstBlock * bytes, end * bytes));
    run([repack(scope, "slice", { raw: slice, planes, nSpans, firstBlock, nBlocks: end - firstBlock })]);
  });
  const nRows = values.length / k;
  const embed = await compileEmbed(gpu.compiler, to);
  const step = uploadStep({ nTokens: nRows });
  const tokens = upload(Uint32Array.from({ length: nRows }, (_, i) => i));
  const x = empty(values.length);
  run([embed(scope, "rows", { step, tokens, weight: planes, x, firstRow: 0, nRows, k })], nRows);
  return download(x);
}

describe.each(quantizedTypes)("quantizing to %s", (to) => {
  it.each(sampleNames)(
    "%s weights is no further off than llama.cpp's, and as far as in f64",
    async (name) => {
      const sample = quantizeSample(name);
      const error = squaredError(await quantized(sample, 1024, "BF16", to), sample);
      expect(error).toBeLessThanOrEqual(quantizeBaseline.squaredError[to]![name]);
      // A code on the edge between two goes either way; a whole sub-block gone wrong would show.
      const inF64 = squaredError(quantize(to, sample), sample);
      expect(Math.abs(error / inF64 - 1)).toBeLessThan(1e-3);
    },
  );

  // 256 × 3 weights a row: an odd number of blocks, so that pairs of f16 scales straddle rows and the last
  // one is half full.
  it.each(plainTypes)("reads %s in slices, every weight in its place", async (from) => {
    const k = 768;
    const values = randomNormal(k * 11, 7).map((value) => Math.fround(value));
    const whole = await quantized(values, k, from, to);
    const nBlocks = values.length / blockOf({ from, to }).weights;
    expect(await quantized(values, k, from, to, [0, 8, Math.floor(nBlocks / 16) * 8])).toEqual(whole);
    const step = { Q8_0: 0.02, Q4_K: 0.35, Q6_K: 0.1 }[to]; // of weights up to 4, about half a code
    expect(worstError(whole, values)).toBeLessThan(step);
  });

  it("keeps zeros, and numbers near the ends of what f16 scales can hold", async () => {
    const values = new Float32Array(1024);
    values.fill(3e4, 256, 512);
    values.fill(-3e4, 512, 768);
    values.fill(1e-30, 768);
    const y = await quantized(values, 1024, "F32", to);
    expect(y.subarray(0, 256).every((value) => value === 0)).toBe(true);
    expect(worstError(y, values)).toBeLessThan(1e-3);
  });
});
