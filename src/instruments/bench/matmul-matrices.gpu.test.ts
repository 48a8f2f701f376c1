import { describe, expect, it } from "vitest";
import { measureCeilings } from "./ceilings";
import { PassTimer } from "../../engine/gpu/pass-timer";
import { matmulTiles } from "../../engine/kernels/products/matmul";
import { meanKl } from "../../reference/divergence";
import { emptyState, forward } from "../../reference/model";
import { goldenKl, goldenLogits } from "../../testing/models/golden";
import { gpu } from "../../testing/gpu/gpu";
import { makeModel } from "../../testing/models/make-model";
import { memorySource } from "../../testing/models/memory-source";
import { openNodeFile } from "../../testing/models/node-file";
import { readReferenceModel } from "../../testing/models/reference-model";
import { readModelConfig } from "../../engine/weights/config/config";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { logitsOf } from "../../engine/runtime/logits";
import { openModel } from "../../engine/runtime/open-model";
import { matmulSubjects } from "../../engine/runtime/compile/tuner/matmul";
import { tune } from "../../engine/runtime/compile/tuner/tune";
import { planWeights } from "../../engine/runtime/weights/weights-plan";

// Whole models whose prefill multiplies on subgroup matrices; the kernel's own tests:
// engine/kernels/products/matmul.gpu.test.ts.

const matrix = gpu.subgroupMatrices[0]!;
const onMatrices = matmulTiles.matrix.map((tile) => ({ arithmetic: "matrix", tile, matrix }) as const);

it("the adapter has subgroup matrices", () => {
  expect(gpu.subgroupMatrices).toHaveLength(1); // one size
});

describe.each(onMatrices)("tiles of $tile.rows rows by $tile.tokens tokens", (matmul) => {
  it.each(["nano-F32", "nano-MIX", "tiny-grouped-MIX", "heads-MIX", "yarn-MIX"])(
    "%s: prefill matches f64 over 96 tokens and the last of 700",
    async (model) => {
      const run = { model, matmul, precision: "f16" } as const;
      const short = await goldenKl(
        { ...run, tokens: "tokens-96", chunk: 64 },
        `${model}.tokens-96.logits.f32`,
      );
      expect(short).toBeLessThan(5e-5);
      expect(short).toBeGreaterThan(1e-12); // it is not f32 that ran
      const long = { ...run, tokens: "tokens-700", chunk: 512 };
      expect(await goldenKl(long, `${model}.tokens-700.last16.logits.f32`)).toBeLessThan(5e-5);
    },
  );

  it("every chunk length gives the very same logits", async () => {
    const at = async (chunk: number) =>
      (await goldenLogits({ model: "nano-MIX", tokens: "tokens-96", matmul, chunk })).all;
    const inOne = await at(100);
    for (const chunk of [1, 7, 64]) expect(await at(chunk), `chunk ${chunk}`).toEqual(inOne);
  });
});

it.each([1e3, 1e4, 1e5])(
  "outlier channels %i times larger give finite logits that follow f64",
  async (outliers) => {
    const ids = Array.from({ length: 40 }, (_, i) => (i * 53 + 7) % 300);
    const bytes = makeModel({ config: "nano", quant: "MIX", seed: 404, outliers });
    const open = await openModel(gpu, memorySource(bytes), {
      contextLength: ids.length,
      matmul: onMatrices[0],
      allLogits: true,
    });
    const actual: number[] = [];
    const run = { mode: "prefill", chunk: 40, start: 0 } as const;
    for await (const rows of logitsOf(gpu, open.model, ids, run)) actual.push(...rows);
    open.dispose();
    expect(actual.every(Number.isFinite)).toBe(true);
    const model = await readReferenceModel(memorySource(bytes));
    const reference = forward(model, emptyState(model.config), ids);
    expect(meanKl(reference, actual, reference.length / ids.length)).toBeLessThan(1e-2);
  },
);

it("the bench measures what they do at best", async () => {
  const timerScope = gpu.memory.scope();
  const timer = await PassTimer.create(gpu, timerScope);
  const { productGops } = await measureCeilings(gpu, timer, 2 ** 20);
  timer.dispose();
  timerScope.dispose();
  expect(productGops.matrix).toBeGreaterThan(0);
});

it("the tuner tries them against the baseline, and finds them right", async () => {
  const file = await openNodeFile(new URL("../../../public/models/demo/demo.gguf", import.meta.url).pathname);
  const gguf = await readGguf(file);
  const plan = planWeights(readModelConfig(gguf), gguf, gpu.maxBindingBytes);
  await file.close();
  const matrices = plan.matrices.filter(({ expected }) => expected.role === "gateProj");
  const subjects = matmulSubjects(gpu, { ...plan, matrices }, "f16");
  const [product] = (await tune(gpu, subjects, { budgetMs: 120_000 })).values();
  expect(product?.rejected).toEqual([]);
  const tried = product?.timings.filter(({ choice }) => choice.arithmetic === "matrix");
  expect(tried).toHaveLength(onMatrices.length);
});
