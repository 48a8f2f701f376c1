import { describe, expect, it } from "vitest";
import { dequantize } from "../../../reference/weights/dequantize";
import { download, empty, gpu, run, scope, upload, uploadStep } from "../../../testing/gpu/gpu";
import { sampleBlocks, uploadBlocks } from "../../../testing/samples/sample-weights";
import { compileEmbed } from "../embed";
import { compileRepack } from "./repack";
import { blockOf, isCopy, isLossless, repackings } from "./repacking";
import { layoutOf, SPAN_WEIGHTS } from "../products/weight-format";

// The view is read through the embedding kernel, which writes rows as they are.
describe.each(repackings.filter((one) => isLossless(one) && !isCopy(one)))(
  "repacking $from to $to",
  ({ from, to }) => {
    const { weights, bytes } = blockOf({ from, to });

    // 1 block: one f16 of eight, one word of four. 15: the last groups are not full. 33: more than one vec4
    // of f16.
    it.each([
      [1, 1, [0]],
      [3, 5, [0, 8]],
      [1, 33, [0, 16, 24]],
      [70, 2, [0, 64, 136]],
    ])("of %i rows of %i blocks in slices from %j keeps every value", async (nRows, rowBlocks, starts) => {
      const nBlocks = nRows * rowBlocks;
      const k = rowBlocks * weights;
      const nSpans = (nRows * k) / SPAN_WEIGHTS;
      const raw = sampleBlocks(from, nSpans, nBlocks, true);
      const planes = empty(layoutOf(to, nSpans).sizeBytes / 4);

      const repack = await compileRepack(gpu.compiler, { from, to });
      starts.forEach((firstBlock, i) => {
        const end = starts[i + 1] ?? nBlocks;
        const slice = uploadBlocks(raw.subarray(firstBlock * bytes, end * bytes));
        run([repack(scope, "slice", { raw: slice, planes, nSpans, firstBlock, nBlocks: end - firstBlock })]);
      });

      const embed = await compileEmbed(gpu.compiler, to);
      const tokens = upload(Uint32Array.from({ length: nRows }, (_, i) => i));
      const x = empty(nRows * k);
      run(
        [
          embed(scope, "rows", {
            step: uploadStep({ nTokens: nRows }),
            tokens,
            weight: planes,
            x,
            firstRow: 0,
            nRows,
            k,
          }),
        ],
        nRows,
      );
      expect(differences(await download(x), dequantize(from, raw))).toEqual([]);
    });

    it("refuses a slice that starts within a group of blocks or ends past the piece", async () => {
      const repack = await compileRepack(gpu.compiler, { from, to });
      const nSpans = (16 * weights) / SPAN_WEIGHTS;
      const planes = empty(layoutOf(to, nSpans).sizeBytes / 4);
      const slice = { raw: uploadBlocks(new Uint8Array(16 * bytes)), planes, nSpans };
      expect(() => repack(scope, "slice", { ...slice, firstBlock: 4, nBlocks: 4 })).toThrow(RangeError);
      expect(() => repack(scope, "slice", { ...slice, firstBlock: 8, nBlocks: 9 })).toThrow(RangeError);
    });
  },
);

/** The first few values that are not the expected one rounded to f32. */
function differences(actual: Float32Array, expected: Float64Array) {
  const wrong: { i: number; actual: number | undefined; expected: number }[] = [];
  expected.forEach((value, i) => {
    if (actual[i] !== Math.fround(value)) wrong.push({ i, actual: actual[i], expected: value });
  });
  return wrong.slice(0, 8);
}
