import { describe, expect, it } from "vitest";
import { dequantize } from "../../../reference/weights/dequantize";
import { download, empty, gpu, run, scope, upload, worstError } from "../../../testing/gpu/gpu";
import { productOf, roundedToInt8, worstShare } from "../../../testing/samples/product-error";
import { randomNormal } from "../../../testing/samples/random";
import { fileTypeOf, repackOnGpu, sampleBlocks } from "../../../testing/samples/sample-weights";
import { compileResidualProduct } from "./residual-product";
import { defaultMapping } from "./row-mapping";
import {
  hasCodes,
  hasDot,
  SPAN_WEIGHTS,
  weightFormats,
  type DotArithmetic,
  type WeightFormat,
} from "./weight-format";

interface Case {
  readonly format: WeightFormat;
  readonly pieces: readonly number[];
  readonly k: number;
  readonly rowsPerLane?: 1 | 2 | 4;
}

/** Inputs rounded as the kernel rounds them are told from f64 as f32 is. */
const roundings: readonly (readonly [DotArithmetic, number])[] = [
  ["int8", 1e-6],
  ...(gpu.hasF16 ? ([["f16", 4e-4]] as const) : []),
];

describe("residual-product", () => {
  // 1 row: fewer than a workgroup takes. Pieces that are no multiple of it. K of more spans than lanes, and
  // of one.
  it.each<Case>([
    ...weightFormats.map((format) => ({ format, pieces: [36], k: 768 })),
    { format: "F32", pieces: [1], k: 32 },
    { format: "Q8_0", pieces: [17, 16, 3], k: 33 * 32 },
    { format: "Q4_K", pieces: [64, 31], k: 3584, rowsPerLane: 4 },
    { format: "Q6_K", pieces: [100], k: 2048, rowsPerLane: 1 },
  ])(
    "of $format (pieces of $pieces rows, K = $k) matches f64",
    async ({ format, pieces, k, rowsPerLane = 2 }) => {
      const nRows = pieces.reduce((sum, n) => sum + n, 0);
      const product = await compileResidualProduct(gpu.compiler, format, defaultMapping(rowsPerLane));
      const x = randomNormal(k, 1);
      const norm = randomNormal(nRows, 2);
      const before = randomNormal(nRows, 3);
      const [hidden, weighted] = [upload(before), empty(nRows)];
      const squares = empty(nRows);
      const values: number[] = [];
      const sizes: number[] = [];
      let firstSquare = 0;
      let firstRow = 0;
      for (const [i, rows] of pieces.entries()) {
        const raw = sampleBlocks(fileTypeOf(format), (rows * k) / SPAN_WEIGHTS, i);
        const weight = await repackOnGpu(fileTypeOf(format), raw);
        const args = { weight, nRows: rows, firstRow, k, firstSquare, hidden, weighted, squares };
        run([product.dispatch(scope, "product", { ...args, x: upload(x), norm: upload(norm) })]);
        const expected = productOf(dequantize(fileTypeOf(format), raw), Float64Array.from(x));
        expected.values.forEach((value, r) => values.push(value + before[firstRow + r]!));
        sizes.push(...expected.sizes);
        firstRow += rows;
        firstSquare += product.nSquares(rows, k);
      }
      const actual = await download(hidden);
      expect(worstShare(actual, Float64Array.from(values), Float64Array.from(sizes))).toBeLessThan(1e-6);
      expect(await download(weighted)).toEqual(actual.map((value, i) => value * norm[i]!));
      const sums = await download(squares);
      const sumOf = (row: Float32Array) => row.reduce((sum, value) => sum + value, 0);
      const expectedSum = [...actual].reduce((sum, value) => sum + value * value, 0);
      expect(worstError([sumOf(sums) / expectedSum], [1])).toBeLessThan(1e-6);
      expect(sums.subarray(firstSquare).every((value) => value === 0)).toBe(true);
    },
  );

  // A format without codes multiplies what is not rounded; an outlier in span 2; span 4 all zero.
  it.each(
    roundings.flatMap(([arithmetic, bound]) =>
      weightFormats
        .filter((format) => hasDot(format, arithmetic))
        .map((format) => ({ arithmetic, bound, format })),
    ),
  )("of $format in $arithmetic matches f64 on inputs rounded as it rounds them", async (shape) => {
    const { arithmetic, bound, format } = shape;
    const [k, nRows] = [768, 36];
    const product = await compileResidualProduct(gpu.compiler, format, { ...defaultMapping(4), arithmetic });
    const x = randomNormal(k, 1);
    x[2 * SPAN_WEIGHTS + 5]! *= 100;
    x.fill(0, 4 * SPAN_WEIGHTS, 5 * SPAN_WEIGHTS);
    const raw = sampleBlocks(fileTypeOf(format), (nRows * k) / SPAN_WEIGHTS, 4);
    const args = {
      weight: await repackOnGpu(fileTypeOf(format), raw),
      nRows,
      firstRow: 0,
      k,
      firstSquare: 0,
    };
    const hidden = empty(nRows);
    const outputs = { hidden, weighted: empty(nRows), squares: empty(nRows), norm: empty(nRows) };
    run([product.dispatch(scope, "product", { ...args, ...outputs, x: upload(x) })]);
    const isRounded = arithmetic === "int8" && hasCodes(format);
    const expected = productOf(
      dequantize(fileTypeOf(format), raw),
      isRounded ? roundedToInt8(x) : Float64Array.from(x),
    );
    const share = worstShare(await download(hidden), expected.values, expected.sizes);
    expect(share).toBeLessThan(hasCodes(format) ? bound : 1e-6);
    // it is not f32 that ran
    if (arithmetic === "f16" && hasCodes(format)) expect(share).toBeGreaterThan(1e-6);
  });
});
