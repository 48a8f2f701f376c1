import { describe, expect, it } from "vitest";
import { dequantize } from "../../../reference/weights/dequantize";
import { dot, row } from "../../../reference/linear";
import { download, gpu, run, scope, upload } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { fileTypeOf, formatsWithK, repackOnGpu, sampleBlocks } from "../../../testing/samples/sample-weights";
import { compileMatvec } from "./matvec";
import { SPAN_WEIGHTS } from "./weight-format";

// 1 row: fewer than a workgroup takes. 17, 100: not a multiple of it. 1 span: fewer than the lanes of a row.
// 33 and 100: an odd number, and more than one round for each lane.
const shapes = [
  [1, 1],
  [17, 8],
  [64, 33],
  [100, 100],
] as const;

describe.each(shapes)("matvec of %i rows of %i spans", (nRows, spans) => {
  it.each(formatsWithK(spans))("in %s (K = %i) matches f64 and writes its rows only", async (format, k) => {
    const raw = sampleBlocks(fileTypeOf(format), (nRows * k) / SPAN_WEIGHTS, nRows);
    const weight = await repackOnGpu(fileTypeOf(format), raw);
    const x = randomNormal(k, 1);
    const before = randomNormal(nRows + 5, 2);
    const firstRow = 3;

    const W = dequantize(fileTypeOf(format), raw);
    const xs = Float64Array.from(x);
    const matvec = await compileMatvec(gpu.compiler, format);
    for (const residual of [false, true]) {
      const y = upload(before);
      run([matvec(scope, "product", { weight, x: upload(x), y, nRows, k, firstRow, residual })]);
      const actual = await download(y);
      let worst = 0; // against sum |w x|
      for (let r = 0; r < nRows; r++) {
        const w = row(W, r, k);
        const expected = dot(w, xs) + (residual ? before[firstRow + r]! : 0);
        const size = dot(w.map(Math.abs), xs.map(Math.abs)) + Math.abs(expected);
        worst = Math.max(worst, Math.abs(actual[firstRow + r]! - expected) / size);
      }
      expect(worst).toBeLessThan(1e-6);
      const others = (y: Float32Array) => [...y.slice(0, firstRow), ...y.slice(firstRow + nRows)];
      expect(others(actual)).toEqual(others(before));
    }
  });
});
