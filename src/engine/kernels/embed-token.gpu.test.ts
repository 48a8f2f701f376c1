import { describe, expect, it } from "vitest";
import { dequantize } from "../../reference/weights/dequantize";
import { row } from "../../reference/linear";
import { download, empty, gpu, run, scope, upload, worstError } from "../../testing/gpu/gpu";
import { randomNormal } from "../../testing/samples/random";
import { fileTypeOf, formatsWithK, repackOnGpu, sampleBlocks } from "../../testing/samples/sample-weights";
import { compileEmbedToken, embedSquares } from "./embed-token";
import { SPAN_WEIGHTS } from "./products/weight-format";

describe("embed-token", () => {
  // 1 span: one lane; 40: more than a workgroup, and not a multiple of it.
  it.each([1, 40].flatMap(formatsWithK))(
    "in %s (K = %i) writes from the piece that has the token",
    async (format, k) => {
      const embed = await compileEmbedToken(gpu.compiler, format);
      const pieces = [5, 3];
      const raws = pieces.map((nRows, i) =>
        sampleBlocks(fileTypeOf(format), (nRows * k) / SPAN_WEIGHTS, 10 + i),
      );
      const weights = await Promise.all(raws.map((raw) => repackOnGpu(fileTypeOf(format), raw)));
      const W = Float64Array.from(raws.flatMap((raw) => [...dequantize(fileTypeOf(format), raw)]));
      const norm = randomNormal(k, 3);
      for (const token of [0, 4, 5, 7]) {
        const [hidden, weighted, squares] = [empty(k), empty(k), empty(embedSquares(k))];
        const shared = {
          k,
          hidden,
          weighted,
          squares,
          norm: upload(norm),
          tokens: upload(Uint32Array.of(token, 1)),
        };
        run(
          weights.map((weight, i) =>
            embed(scope, "embed", {
              ...shared,
              weight,
              firstRow: i === 0 ? 0 : pieces[0]!,
              nRows: pieces[i]!,
            }),
          ),
        );
        const expected = row(W, token, k);
        const actual = await download(hidden);
        const largest = Math.max(...expected.map(Math.abs));
        expect(
          worstError(
            actual.map((v) => v / largest),
            expected.map((v) => v / largest),
          ),
        ).toBeLessThan(1e-6);
        expect(await download(weighted)).toEqual(actual.map((value, i) => value * norm[i]!));
        const sum = (await download(squares)).reduce((a, b) => a + b, 0);
        expect(sum / expected.reduce((a, v) => a + v * v, 0)).toBeCloseTo(1, 6);
      }
    },
  );
});
