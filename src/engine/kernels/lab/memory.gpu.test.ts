import { describe, expect, it } from "vitest";
import { ReferenceMemory } from "../../../reference/memory/memory";
import { recall, windowBeside } from "../../../reference/memory/memory-step";
import { row } from "../../../reference/linear";
import { download, empty, gpu, run, scope, upload, worstError } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { compileMemoryScore } from "./memory-score";
import { compileMemoryStep } from "./memory-step";
import { compileMemoryWindow } from "./memory-window";

// keyDim 12: three vec4s. valueDim 20 and 36: less and more than a workgroup's lanes, no power of two.
const shapes = [
  { keyDim: 12, valueDim: 20, nTokens: 7, nTrials: 2, nRules: 3, nKinds: 2 },
  { keyDim: 64, valueDim: 36, nTokens: 40, nTrials: 1, nRules: 1, nKinds: 1 },
] as const;
type Shape = (typeof shapes)[number];

function prepare({ keyDim, valueDim, nTokens, nTrials, nRules, nKinds }: Shape) {
  const keys = randomNormal(nTrials * nTokens * keyDim, 1).map((value) => value / Math.sqrt(keyDim));
  const values = randomNormal(nTrials * nTokens * valueDim, 2);
  const gates = randomNormal(nRules * nKinds * (2 * keyDim + valueDim), 3).map((x) => 1 / (1 + Math.exp(-x)));
  const kinds = Uint32Array.from({ length: nTokens }, (_, t) => t % nKinds);
  return { keys, values, gates, kinds };
}

describe.each(shapes)("a memory of %o", (shape) => {
  const { keyDim, valueDim, nTokens, nTrials, nRules, nKinds } = shape;
  const data = prepare(shape);
  const nHeads = nRules * nTrials;
  const keys = upload(data.keys);
  const values = upload(data.values);
  const sizes = { nHeads, nTrials, keyDim, valueDim, rowStride: nTokens };

  it("stores and reads as f64 does, at once and in pieces, and reading changes nothing", async () => {
    const kernel = await compileMemoryStep(gpu.compiler);
    const reference = new ReferenceMemory({ ...shape, ...data }, data.gates, nRules, nKinds, {
      scale: 1,
      threshold: 0,
    });
    reference.store(0, nTokens);
    const expected = await reference.ask({
      first: 1,
      n: 3,
      firstAnswer: 1,
      firstCandidate: 0,
      nCandidates: 0,
    });
    for (const piece of [nTokens, 3]) {
      const shared = {
        ...sizes,
        keys,
        values,
        queries: keys,
        nKinds,
        gates: upload(data.gates),
        kinds: upload(data.kinds),
        state: empty(nHeads * keyDim * valueDim),
        o: empty(nHeads * 3 * valueDim),
      };
      const noQueries = { firstQuery: 0, nQueries: 0 };
      for (let at = 0; at < nTokens; at += piece) {
        const tokens = { firstToken: at, nTokens: Math.min(piece, nTokens - at) };
        run([kernel(scope, "store", { ...shared, ...tokens, ...noQueries })]);
      }
      const ask = kernel(scope, "ask", { ...shared, firstToken: 0, nTokens: 0, firstQuery: 1, nQueries: 3 });
      run([ask, ask]);
      const o = Float64Array.from(await download(shared.o));
      const norms = Array.from({ length: nHeads * 3 }, (_, i) =>
        row(o, i, valueDim).reduce((sum, x) => sum + x * x, 0),
      );
      expect(
        worstError(
          norms,
          norms.map((_, i) => expected[4 * i + 1]!),
        ),
      ).toBeLessThan(5e-6);
      const products = norms.map((_, i) => {
        const [trial, t] = [Math.floor(i / 3) % nTrials, 1 + (i % 3)];
        const v = data.values.subarray(
          (trial * nTokens + t) * valueDim,
          (trial * nTokens + t + 1) * valueDim,
        );
        return row(o, i, valueDim).reduce((sum, x, j) => sum + x * v[j]!, 0);
      });
      expect(
        worstError(
          products,
          norms.map((_, i) => expected[4 * i]!),
        ),
      ).toBeLessThan(5e-6);
    }
  });

  it("a window beside it answers as f64 does", async () => {
    const kernel = await compileMemoryWindow(gpu.compiler);
    const match = { scale: 3, threshold: 0.25 };
    const recalled = randomNormal(nHeads * 2 * valueDim, 5);
    const o = empty(recalled.length);
    const window = { firstKey: 1, nKeys: nTokens - 2, firstQuery: 2, nQueries: 2 };
    run([
      kernel(scope, "window", {
        ...sizes,
        ...window,
        ...match,
        keys,
        values,
        queries: keys,
        recalled: upload(recalled),
        o,
      }),
    ]);
    const pair = (trial: number, t: number) => ({
      k: row(Float64Array.from(data.keys), trial * nTokens + t, keyDim),
      v: row(Float64Array.from(data.values), trial * nTokens + t, valueDim),
    });
    const expected = Array.from({ length: nHeads * 2 }, (_, i) => {
      const trial = Math.floor(i / 2) % nTrials;
      const held = Array.from({ length: window.nKeys }, (_, j) => pair(trial, window.firstKey + j));
      return [
        ...windowBeside(
          row(Float64Array.from(recalled), i, valueDim),
          pair(trial, 2 + (i % 2)).k,
          held,
          match,
        ),
      ];
    });
    expect(worstError(await download(o), expected.flat())).toBeLessThan(5e-6);
  });

  it("scores count the candidates that are nearer than the answer", async () => {
    const kernel = await compileMemoryScore(gpu.compiler);
    const o = randomNormal(nHeads * 3 * valueDim, 7);
    const scores = empty(nHeads * 3 * 4);
    const asked = { nQueries: 3, firstAnswer: 2, firstCandidate: 1, nCandidates: nTokens - 1 };
    run([kernel(scope, "score", { ...sizes, ...asked, o: upload(o), values, scores })]);
    const all = Float64Array.from(data.values);
    const expected = Array.from({ length: nHeads * 3 }, (_, i) => {
      const first = (Math.floor(i / 3) % nTrials) * nTokens;
      const read = row(Float64Array.from(o), i, valueDim);
      const dotWith = (t: number) => recall(row(all, first + t, valueDim), read, 1)[0]!;
      const answer = 2 + (i % 3);
      const v = row(all, first + answer, valueDim);
      const candidates = Array.from({ length: nTokens - 1 }, (_, j) => 1 + j).filter((t) => t !== answer);
      const nearer = candidates.filter((t) => dotWith(t) > dotWith(answer)).length;
      return [dotWith(answer), recall(read, read, 1)[0]!, recall(v, v, 1)[0]!, nearer];
    });
    expect(worstError(await download(scores), expected.flat())).toBeLessThan(2e-6);
  });
});
