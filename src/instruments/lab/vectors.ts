import type { Random } from "../../ground/random";
import type { KeyKind } from "./report";

/** The share of the squared length that all correlated keys have in common. */
const SHARED = 0.5;

/**
 * `n` keys of length 1 in `dim` dimensions. Orthogonal ones are so in runs of `dim`: no more of them can be.
 */
export function makeKeys(kind: KeyKind, n: number, dim: number, random: Random): readonly Float64Array[] {
  switch (kind) {
    case "random":
      return unitVectors(n, dim, random);
    case "orthogonal":
      return Array.from({ length: Math.ceil(n / dim) }, () => orthonormalBasis(dim, random))
        .flat()
        .slice(0, n);
    case "correlated": {
      const [shared] = unitVectors(1, dim, random);
      return unitVectors(n, dim, random).map((own) =>
        normalize(own.map((value, i) => Math.sqrt(1 - SHARED) * value + Math.sqrt(SHARED) * shared![i]!)),
      );
    }
    default:
      return kind satisfies never;
  }
}

export const unitVectors = (n: number, dim: number, random: Random): readonly Float64Array[] =>
  Array.from({ length: n }, () => normalize(Float64Array.from({ length: dim }, () => random.normal())));

/** By Gram and Schmidt, twice, so that rounding does not show. */
function orthonormalBasis(dim: number, random: Random): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  for (let vector of unitVectors(dim, dim, random)) {
    for (const before of [...basis, ...basis]) {
      const along = before.reduce((sum, value, i) => sum + value * vector[i]!, 0);
      vector = vector.map((value, i) => value - along * before[i]!);
    }
    basis.push(normalize(vector));
  }
  return basis;
}

function normalize(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}
