import { matmulSource, matmulTiles, type Arithmetic, type MatmulTile } from "../kernels/matmul";
import type { WeightFormat } from "../kernels/weight-format";

/** How a product of prefill is computed. */
export interface MatmulChoice {
  readonly arithmetic: Arithmetic;
  readonly tile: MatmulTile;
}

/** What is tried for products of an arithmetic: its own tiles, the baseline first, and those of f32, which is never less exact. */
export function candidatesFor(arithmetic: Arithmetic) {
  const of = (one: Arithmetic) => matmulTiles[one].map((tile) => ({ arithmetic: one, tile }));
  const [baseline, ...others] = of(arithmetic);
  const all = [baseline!, ...others, ...(arithmetic === "f32" ? [] : of("f32").slice(1, 2))] as const;
  return {
    all,
    /** The candidate that a stored value is, if it is one. */
    find: (stored: unknown) => all.find((choice) => JSON.stringify(choice) === JSON.stringify(stored)),
    /** All text that the candidates are made of: a choice holds while it stays the same. */
    source: (format: WeightFormat) =>
      JSON.stringify(all) + all.map((choice) => matmulSource(format, choice.arithmetic)).join(""),
  };
}
