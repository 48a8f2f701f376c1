import { dot } from "./linear";

/** A token of one head, q and k normalised. */
export interface BlockToken {
  readonly q: Float64Array;
  readonly k: Float64Array;
  readonly v: Float64Array;
  readonly alpha: number;
  readonly beta: number;
}

/**
 * The gated delta rule of one head for a block of tokens at once; S [valueDim, keyDim] is changed in place.
 * The same in exact arithmetic as `deltaRuleHead` of one token after another: WY form with the UT transform,
 * Yang et al. 2024, arXiv:2406.06484 and arXiv:2412.06464.
 *
 *     decay(j, i) = α_{j+1} … α_i
 *     T = (I + A)⁻¹ diag(β),  A_ij = β_i decay(j, i) k_i·k_j for j < i
 *     δ = T (v − decay S k),  o = decay S q + P δ,  P_ij = decay(j, i) q_i·k_j for j ≤ i
 *     S ← decay S + Σ_j decay(j, n) δ_j k_jᵀ
 *
 * Returns o, a row [valueDim] for each token.
 */
export function deltaRuleBlock(S: Float64Array, tokens: readonly BlockToken[]): Float64Array[] {
  const n = tokens.length;
  const keyDim = tokens[0]!.k.length;
  const valueDim = tokens[0]!.v.length;
  const decay = (j: number, i: number) =>
    tokens.slice(j + 1, i + 1).reduce((all, { alpha }) => all * alpha, 1);
  const rowOf = (row: number) => S.subarray(row * keyDim, (row + 1) * keyDim);

  // (I + A) T = diag(β), by forward substitution.
  const T = tokens.map(() => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    const { k, beta } = tokens[i]!;
    T[i]![i] = beta;
    for (let j = 0; j < i; j++) {
      const a = beta * decay(j, i) * dot(k, tokens[j]!.k);
      for (let column = 0; column <= j; column++) T[i]![column]! -= a * T[j]![column]!;
    }
  }

  const o = tokens.map(() => new Float64Array(valueDim));
  for (let row = 0; row < valueDim; row++) {
    const s = rowOf(row);
    const error = Float64Array.from(tokens, ({ k, v }, i) => v[row]! - decay(-1, i) * dot(s, k));
    const delta = Float64Array.from(T, (t) => dot(t, error));
    tokens.forEach(({ q }, i) => {
      let read = decay(-1, i) * dot(s, q);
      for (let j = 0; j <= i; j++) read += decay(j, i) * dot(q, tokens[j]!.k) * delta[j]!;
      o[i]![row] = read;
    });
    const kept = decay(-1, n - 1);
    for (let key = 0; key < keyDim; key++) {
      s[key]! *= kept;
      tokens.forEach(({ k }, j) => (s[key]! += decay(j, n - 1) * delta[j]! * k[key]!));
    }
  }
  return o;
}
