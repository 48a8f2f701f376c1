import type { Gpu } from "../../../gpu/device";
import { compileMatmul, matmulSource, matmulTiles, type Arithmetic } from "../../../kernels/products/matmul";
import { layoutOf, SPAN_WEIGHTS } from "../../../kernels/products/weight-format";
import { STEP_BYTES, writeStep } from "../../../kernels/step";
import type { WeightsPlan } from "../../weights/weights-plan";
import {
  arithmeticOf,
  shapeKey,
  type MatmulChoice,
  type Precision,
  type ProductShape,
} from "../prefill-products";
import { asInputs, asWeights, fill, type TrialSetup } from "./trial";
import type { TunerSubject, TunerSubjects } from "./tune";

/** Shapes with less of the work than this take the baseline. */
const LEAST_SHARE = 0.03;
/** Tokens of the trial's step: a chunk as it usually is. */
const N_TOKENS = 256;
const TOLERANCE = { f32: 5e-3, f16: 5e-3, matrix: 5e-3, int8: 5e-2 } as const;

/** The tile of each shape of a model's prefill products, the largest share of the work first. */
export const matmulSubjects = (
  gpu: Gpu,
  plan: WeightsPlan,
  precision: Precision,
): TunerSubjects<MatmulChoice> => ({
  budgetMs: 1000,
  subjects: shapesOf(plan).map((shape): TunerSubject<MatmulChoice> => {
    const candidates = matmulCandidates(gpu, arithmeticOf(precision, shape.format, gpu.hasF16));
    const sources = candidates.map(({ arithmetic }) => matmulSource(shape.format, arithmetic));
    return {
      key: shapeKey(shape),
      source: JSON.stringify(candidates) + sources.join(""),
      candidates,
      trial: matmulTrial(gpu, shape),
      nameOf: nameOfMatmul,
    };
  }),
});

/** The choice in words. */
export const nameOfMatmul = ({
  arithmetic,
  tile: { rows, tokens, stageSpans },
  matrix,
}: MatmulChoice): string =>
  [`${arithmetic} ${rows}×${tokens}×${32 * stageSpans}`, ...(matrix ? [`${matrix.lanes} lanes`] : [])].join(
    ", ",
  );

/**
 * The candidates for products of an arithmetic: its own tiles, the baseline first, and what is never less
 * exact: that of f32 and, where f16 is allowed, the device's subgroup matrices.
 */
export function matmulCandidates(
  { subgroupMatrices }: Pick<Gpu, "subgroupMatrices">,
  arithmetic: Arithmetic,
): readonly [MatmulChoice, ...MatmulChoice[]] {
  const of = (one: Arithmetic): MatmulChoice[] => matmulTiles[one].map((tile) => ({ arithmetic: one, tile }));
  const [baseline, ...others] = of(arithmetic);
  // Sizes of a subgroup beyond the first are tried with one tile: each candidate is compiled and checked.
  const onMatrices = subgroupMatrices.flatMap((matrix, i) =>
    of("matrix")
      .slice(i === 0 ? 0 : 1, i === 0 ? 3 : 2)
      .map((choice) => ({ ...choice, matrix })),
  );
  return [baseline!, ...others, ...(arithmetic === "f32" ? [] : [...onMatrices, ...of("f32").slice(1, 2)])];
}

/** The shapes that matter, those with most of the work first. */
export function shapesOf({ matrices }: WeightsPlan): readonly ProductShape[] {
  const work = new Map<string, { shape: ProductShape; products: number }>();
  let total = 0;
  for (const { format, k, pieces, expected } of matrices) {
    if (expected.role === "embedTokens" || expected.role === "lmHead") continue; // not products of a chunk
    if (expected.unitRows !== undefined) continue; // stacked experts, which kernels of their own multiply
    for (const { nRows } of pieces) {
      const shape = { format, nRows, k };
      const products = nRows * k + (work.get(shapeKey(shape))?.products ?? 0);
      work.set(shapeKey(shape), { shape, products });
      total += nRows * k;
    }
  }
  return [...work.values()]
    .filter(({ products }) => products >= LEAST_SHARE * total)
    .sort((a, b) => b.products - a.products)
    .map(({ shape }) => shape);
}

/** A product of prefill, of a given shape. A pass is as long as makes a clock of 100 µs tell 1 % apart. */
const matmulTrial = (gpu: Gpu, { format, nRows, k }: ProductShape): TrialSetup<MatmulChoice> => ({
  nTokens: N_TOKENS,
  passMs: 10,
  mostRepeats: 50,
  tolerance: ({ arithmetic }) => TOLERANCE[arithmetic],
  prepare: (buffer, scope) => {
    const buffers = {
      step: buffer("step", STEP_BYTES),
      weight: buffer("weight", layoutOf(format, (nRows * k) / SPAN_WEIGHTS).sizeBytes),
      x: buffer("x", N_TOKENS * k * 4),
      y: buffer("y", N_TOKENS * nRows * 4),
    };
    writeStep(gpu.device.queue, buffers.step, { nTokens: N_TOKENS });
    fill(gpu, buffers.weight, asWeights);
    fill(gpu, buffers.x, asInputs);
    return {
      output: buffers.y,
      dispatches: async (choice) => {
        const matmul = await compileMatmul(gpu.compiler, { format, ...choice });
        return [[matmul(scope, "tuner", { ...buffers, nRows, k, firstRow: 0, nOutputs: nRows })]];
      },
    };
  },
});
