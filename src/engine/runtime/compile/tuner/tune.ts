import { OutOfMemoryError } from "../../../../ground/errors";
import type { Gpu } from "../../../gpu/device";
import { PassTimer } from "../../../gpu/pass-timer";
import type { MatmulTile } from "../../../kernels/products/matmul";
import {
  arithmeticOf,
  shapeKey,
  type MatmulChoice,
  type Precision,
  type ProductShape,
} from "../prefill-products";
import { candidatesFor } from "./matmul";
import { matmulTrial } from "./trial-matmul";
import { measureChoices } from "./measure";
import { tunerKey } from "./tuner-key";
import type { WeightsPlan } from "../../weights/weights-plan";

/** The store that keeps choices from visit to visit; keys name device, browser, kernel source and shape. */
export interface TunerStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

export interface TunedProduct extends ProductShape {
  readonly choice: MatmulChoice;
  readonly source: "remembered" | "measured";
  /** Candidates that were wrong or did not run on this device, and why. */
  readonly rejected: readonly { readonly choice: MatmulChoice; readonly reason: string }[];
  /** The median of its rounds in this visit, for each candidate that was right. */
  readonly timings: readonly { readonly choice: MatmulChoice; readonly milliseconds: number }[];
}

export interface Tuning {
  /** By {@link shapeKey}; what is not in it takes the baseline. */
  readonly products: ReadonlyMap<string, TunedProduct>;
  readonly elapsedMs: number;
}

export interface TuneOptions {
  readonly precision: Precision;
  readonly store?: TunerStore | undefined;
  readonly budgetMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Shapes with less of the work than this take the baseline. */
const LEAST_SHARE = 0.03;
const BUDGET_MS = 1000;

/**
 * Finds the fastest tile for each shape of a model's prefill products, the largest share of the work first,
 * until the time is spent. Every candidate first has to give the baseline's numbers. Software adapters take
 * the baseline untried: there, times mean nothing and compiling takes seconds.
 */
export async function tuneProducts(
  gpu: Gpu,
  plan: WeightsPlan,
  { precision, store, budgetMs = gpu.isSoftware ? 0 : BUDGET_MS, signal }: TuneOptions,
): Promise<Tuning> {
  const started = performance.now();
  const products = new Map<string, TunedProduct>();
  const isOver = () => signal?.aborted || performance.now() - started >= budgetMs;
  if (isOver()) return { products, elapsedMs: 0 };
  const scope = gpu.memory.scope();
  const timer = await PassTimer.create(gpu, scope);
  try {
    for (const shape of shapesOf(plan)) {
      const candidates = candidatesFor(arithmeticOf(precision, shape.format, gpu.hasF16), gpu.subgroupMatrix);
      const storeKey = store && (await tunerKey(gpu, shapeKey(shape), candidates.source(shape.format)));
      const known = storeKey && candidates.find(await store.get(storeKey));
      if (known) {
        products.set(shapeKey(shape), {
          ...shape,
          choice: known,
          source: "remembered",
          rejected: [],
          timings: [],
        });
      } else if (!isOver()) {
        const tuned = await measureChoices(gpu, timer, matmulTrial(gpu, shape), candidates.all, isOver);
        if (!tuned) break; // out of time on the way: the next start tries again
        products.set(shapeKey(shape), { ...shape, source: "measured", ...tuned });
        if (storeKey) await store.set(storeKey, tuned.choice);
      }
    }
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error; // no room to try: the rest takes the baseline
  } finally {
    timer.dispose();
    scope.dispose();
  }
  return { products, elapsedMs: performance.now() - started };
}

/** The shapes that matter, those with most of the work first. */
function shapesOf({ matrices }: WeightsPlan): readonly ProductShape[] {
  const work = new Map<string, { shape: ProductShape; products: number }>();
  let total = 0;
  for (const { format, k, pieces, expected } of matrices) {
    if (expected.role === "embedTokens" || expected.role === "lmHead") continue; // not products of a chunk
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

export const nameOf = ({ arithmetic, tile }: MatmulChoice): string => `${arithmetic} ${nameOfTile(tile)}`;
const nameOfTile = ({ rows, tokens, stageSpans }: MatmulTile) => `${rows}×${tokens}×${32 * stageSpans}`;
