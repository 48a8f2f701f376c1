import { describe, expect, it } from "vitest";
import { dequantize } from "../../../reference/weights/dequantize";
import { download, gpu, run, scope, upload } from "../../../testing/gpu/gpu";
import { normedInput } from "../../../testing/samples/normed-input";
import { productOf, worstShare } from "../../../testing/samples/product-error";
import { randomNormal } from "../../../testing/samples/random";
import { fileTypeOf, repackOnGpu, sampleBlocks } from "../../../testing/samples/sample-weights";
import { compileNormProduct } from "./norm-product";
import { defaultMapping, type RowMapping } from "./row-mapping";
import { SPAN_WEIGHTS, weightFormats, type WeightFormat } from "./weight-format";

interface Case {
  readonly formats: readonly WeightFormat[];
  readonly rows: readonly number[];
  readonly k: number;
  readonly nSquares: number;
}

async function worstOf({ formats, rows, k, nSquares }: Case, mapping?: RowMapping): Promise<number> {
  const { input, normed } = normedInput(k, nSquares, 7);
  const raws = formats.map((format, i) => sampleBlocks(fileTypeOf(format), (rows[i]! * k) / SPAN_WEIGHTS, i));
  const weights = await Promise.all(raws.map((raw, i) => repackOnGpu(fileTypeOf(formats[i]!), raw)));
  // A gap of 3 columns before each matrix, to see that nothing else is written.
  const columns = rows.map((_, i) => rows.slice(0, i).reduce((sum, n) => sum + n + 3, 3));
  const before = randomNormal(columns.at(-1)! + rows.at(-1)! + 3, 2);
  const y = upload(before);
  const product = await compileNormProduct(gpu.compiler, formats, mapping);
  const sections = weights.map((weight, i) => ({ weight, nRows: rows[i]!, column: columns[i]! }));
  run([product(scope, "product", { input, y, sections })]);
  const actual = await download(y);
  const isWritten = (at: number) => columns.some((column, i) => at >= column && at < column + rows[i]!);
  actual.forEach((value, at) => {
    if (!isWritten(at)) expect(value).toBe(before[at]);
  });
  return Math.max(
    ...raws.map((raw, i) => {
      const { values, sizes } = productOf(dequantize(fileTypeOf(formats[i]!), raw), normed);
      return worstShare(actual.subarray(columns[i]), values, sizes);
    }),
  );
}

describe("norm-product", () => {
  // 1 row: fewer than a workgroup takes. 33 and 100: not a multiple of it. K of 256: one span a lane. More
  // sums than lanes, and one; 320 and 1030: more than one vec4 a lane, and than four.
  it.each<Case>([
    ...weightFormats.map((format) => ({ formats: [format], rows: [33], k: 512, nSquares: 64 })),
    { formats: ["F32"], rows: [1], k: 32, nSquares: 1 },
    { formats: ["Q8_0"], rows: [17], k: 33 * 32, nSquares: 5 },
    { formats: ["Q4_K", "Q4_K", "Q6_K"], rows: [100, 17, 16], k: 1024, nSquares: 1030 },
    { formats: ["Q6_K", "Q4_K", "Q8_0", "Q8_0"], rows: [70, 33, 4, 4], k: 256, nSquares: 65 },
    { formats: ["Q5_K", "BF16", "F32", "F16"], rows: [16, 1, 48, 3], k: 2560, nSquares: 320 },
  ])("of $formats ($rows rows, K = $k) matches f64 and writes its columns only", async (shape) => {
    expect(await worstOf(shape)).toBeLessThan(1e-6);
  });

  it.each([1, 2, 4] as const)("gives the same with %i rows a lane, 128 lanes and 16 a row", async (rows) => {
    const mapping = { ...defaultMapping(rows), workgroupSize: 128, laneBits: () => 4 };
    const shape: Case = { formats: ["Q4_K", "Q4_0", "Q6_K"], rows: [100, 17, 16], k: 768, nSquares: 9 };
    expect(await worstOf(shape, mapping)).toBeLessThan(1e-6);
  });

  // Both test adapters have subgroups: of 4 in SwiftShader, of 8 in lavapipe. Lanes a row: fewer than, as
  // many as, more than those.
  it.each([2, 3, 5])("gives the same with sums over subgroups, 2^%i lanes a row", async (bits) => {
    expect(gpu.hasSubgroups).toBe(true);
    const mapping = { ...defaultMapping(4), laneBits: () => bits, sums: "subgroup" } as const;
    const shape: Case = { formats: ["Q4_K", "Q4_0", "Q6_K"], rows: [100, 17, 16], k: 768, nSquares: 9 };
    expect(await worstOf(shape, mapping)).toBeLessThan(1e-6);
  });
});
