import { describe, expect, it } from "vitest";
import { dequantize } from "../../reference/weights/dequantize";
import { row } from "../../reference/linear";
import { download, gpu, run, scope, upload, uploadStep } from "../../testing/gpu/gpu";
import { fileTypeOf, formatsWithK, repackOnGpu, sampleBlocks } from "../../testing/samples/sample-weights";
import { compileEmbed } from "./embed";
import { SPAN_WEIGHTS } from "./products/weight-format";

const tokens = [4, 0, 9, 3, 4, 7, 10, 2];

// 3 spans: less than a workgroup's. 40: more, and not a multiple of it.
describe.each([3, 40])("embedding rows of %i spans", (spans) => {
  it.each(formatsWithK(spans))("in %s (K = %i) split in two gives each token its row", async (format, k) => {
    const vocabSize = 11;
    const split = 4;
    const raw = sampleBlocks(fileTypeOf(format), (vocabSize * k) / SPAN_WEIGHTS, 1);
    const splitByte = (raw.length / vocabSize) * split;
    const embed = await compileEmbed(gpu.compiler, format);

    const nTokens = tokens.length - 1; // the last is not in the step
    const x = upload(new Float32Array(tokens.length * k).fill(-7));
    const ranges = { step: uploadStep({ nTokens }), tokens: upload(Uint32Array.from(tokens)), x };
    const first = await repackOnGpu(fileTypeOf(format), raw.slice(0, splitByte));
    run([embed(scope, "rows 0-3", { ...ranges, weight: first, firstRow: 0, nRows: split, k })], nTokens);

    const E = dequantize(fileTypeOf(format), raw);
    const expected = (token: number, t: number, isThere: boolean) =>
      isThere && t < nTokens ? values(row(E, token, k)) : Array<number>(k).fill(-7);
    expect(values(await download(x))).toEqual(
      tokens.flatMap((token, t) => expected(token, t, token < split)),
    );

    const second = await repackOnGpu(fileTypeOf(format), raw.slice(splitByte));
    const rest = { firstRow: split, nRows: vocabSize - split, k };
    run([embed(scope, "rows 4-10", { ...ranges, weight: second, ...rest })], nTokens + 1);
    expect(values(await download(x))).toEqual(tokens.flatMap((token, t) => expected(token, t, true)));
  });
});

/** Rounded to f32, and without the sign of zeros: d (8 - 8) is +0 or -0 by the way it is computed. */
function values(numbers: Float32Array | Float64Array): number[] {
  return Array.from(numbers, (number) => Math.fround(number) + 0);
}
