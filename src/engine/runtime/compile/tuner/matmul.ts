import type { SubgroupMatrix } from "../../../gpu/subgroup-matrix";
import { matmulSource, matmulTiles, type Arithmetic } from "../../../kernels/products/matmul";
import type { WeightFormat } from "../../../kernels/products/weight-format";
import type { MatmulChoice } from "../prefill-products";

/**
 * The candidates for products of an arithmetic: its own tiles, the baseline first, and what is never less
 * exact: that of f32 and, where f16 is allowed, the device's subgroup matrices.
 */
export function candidatesFor(arithmetic: Arithmetic, matrix: SubgroupMatrix | null) {
  const of = (one: Arithmetic): MatmulChoice[] => matmulTiles[one].map((tile) => ({ arithmetic: one, tile }));
  const [baseline, ...others] = of(arithmetic);
  const onMatrices = matrix ? of("matrix").map((choice) => ({ ...choice, matrix })) : [];
  const all = [
    baseline!,
    ...others,
    ...(arithmetic === "f32" ? [] : [...onMatrices, ...of("f32").slice(1, 2)]),
  ] as const;
  return {
    all,
    /** The candidate that a stored value is, if it is one. */
    find: (stored: unknown) => all.find((choice) => JSON.stringify(choice) === JSON.stringify(stored)),
    /** All text that the candidates are made of: a choice holds while it stays the same. */
    source: (format: WeightFormat) =>
      JSON.stringify(all) + all.map((choice) => matmulSource(format, choice.arithmetic)).join(""),
  };
}
