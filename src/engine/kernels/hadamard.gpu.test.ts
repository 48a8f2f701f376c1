import { expect, it } from "vitest";
import { foldedInput, groupedHeads, unfoldedRow, type Fold } from "../../reference/hadamard";
import { download, empty, gpu, run, scope, upload, worstError } from "../../testing/gpu/gpu";
import { randomNormal } from "../../testing/samples/random";
import { compileHadamard } from "./hadamard";

const width = 3072;
const nTokens = 3;
const firstSign = 5;
const heads = { members: 3, nKeyHeads: 4, valueDim: 256 };
const sign = randomNormal(width, 1).map(Math.sign);
const signs = () => upload(Float32Array.from([...new Float32Array(firstSign), ...sign]));
const x = randomNormal(nTokens * width, 2);
const rows = Array.from({ length: nTokens }, (_, t) =>
  Float64Array.from(x.subarray(t * width, (t + 1) * width)),
);

// 2: one round. 512: five rounds of two and one alone. 1024: the 27B's, two in each of 256 lanes.
it.each([2, 512, 1024])("a transform in blocks of %i matches f64, there and back", async (blockSize) => {
  const fold = { blockSize, signs: new Map([[width, sign]]) } as unknown as Fold;
  const kernel = await compileHadamard(gpu.compiler, blockSize);
  const shared = { signs: signs(), firstSign, width };
  const [folded, grouped, back] = [empty(nTokens * width), empty(2 * width), empty(nTokens * width)];
  run(
    [
      kernel.input(scope, "input", { ...shared, x: upload(x), y: folded }),
      kernel.input(scope, "heads", {
        ...shared,
        x: upload(x),
        y: grouped,
        heads,
        oneRow: true,
        keepsPlain: true,
      }),
      kernel.embedding(scope, "back", { ...shared, x: folded, y: back }),
    ],
    nTokens,
  );
  expect(
    worstError(
      await download(folded),
      rows.flatMap((row) => [...foldedInput(fold, row)]),
    ),
  ).toBeLessThan(2e-6);
  const inGroups = groupedHeads(rows[0]!, 4, 12);
  expect(worstError(await download(grouped), [...foldedInput(fold, inGroups), ...inGroups])).toBeLessThan(
    2e-6,
  );
  // Turned back twice over: the inverse of what the rows became.
  const expected = rows.flatMap((row) => [...unfoldedRow(fold, foldedInput(fold, row))]);
  expect(worstError(await download(back), expected)).toBeLessThan(2e-6);
});
