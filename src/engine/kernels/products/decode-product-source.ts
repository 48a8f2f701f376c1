import gateUp from "../../../../shaders/products/gate-up.wgsl?raw";
import normScale from "../../../../shaders/lib/norm-scale.wgsl?raw";
import rowSumsSubgroup from "../../../../shaders/lib/row-sums-subgroup.wgsl?raw";
import rowSums from "../../../../shaders/lib/row-sums.wgsl?raw";
import weightRows from "../../../../shaders/lib/weight/parts/rows.wgsl?raw";
import normProduct from "../../../../shaders/products/norm-product.wgsl?raw";
import residualProduct from "../../../../shaders/products/residual-product.wgsl?raw";
import { inputOf } from "./input-span";
import { dotOf, hasDot, type DotArithmetic, type WeightFormat } from "./weight-format";

const sources = { "norm-product": normProduct, "gate-up": gateUp, "residual-product": residualProduct };

const arithmetics: readonly DotArithmetic[] = ["f32", "f16", "int8"];

/**
 * All text that the variants of a product of decode are made of: what was measured holds while it stays the
 * same.
 */
export const decodeProductSource = (kind: keyof typeof sources, formats: readonly WeightFormat[]): string =>
  [
    ...[sources[kind], normScale, rowSums, rowSumsSubgroup, weightRows],
    ...arithmetics
      .filter((arithmetic) => formats.every((format) => hasDot(format, arithmetic)))
      .flatMap((arithmetic) => [
        ...inputOf[arithmetic],
        ...formats.map((format) => dotOf(format, arithmetic)),
      ]),
  ].join("");
