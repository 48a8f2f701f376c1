import { sigmoid, softplus } from "./activation";
import { l2Norm } from "./l2-norm";
import { dot, row } from "./linear";

export interface DeltaRuleShape {
  readonly nKeyHeads: number;
  readonly nValueHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
}

export interface DeltaRuleInput extends DeltaRuleShape {
  /** [q: nKeyHeads × keyDim | k: the same | v: nValueHeads × valueDim], convolved. */
  readonly c: Float64Array;
  /** Raw gates, products with inProjA and inProjB: [nValueHeads]. */
  readonly aRaw: Float64Array;
  readonly bRaw: Float64Array;
  /** −exp(aLog), as GGUF stores it: [nValueHeads]. */
  readonly a: Float64Array;
  readonly dtBias: Float64Array;
}

/**
 * One token of a Gated DeltaNet: all value heads, each with its state S [valueDim, keyDim]; `state` is
 * [nValueHeads, valueDim, keyDim] and changed in place. Value head h uses key head h % nKeyHeads (GGUF's
 * tiled order).
 *
 *     alpha = exp(a softplus(aRaw + dtBias)),  beta = σ(bRaw),  q ← q / |q| / √keyDim,  k ← k / |k|
 *
 * Returns o [nValueHeads, valueDim]. Yang et al. 2024, arXiv:2412.06464; docs/model.md#delta-rule.
 */
export function deltaRule(input: DeltaRuleInput, state: Float64Array): Float64Array {
  const { nKeyHeads, nValueHeads, keyDim, valueDim, c } = input;
  const keys = c.subarray(nKeyHeads * keyDim);
  const values = c.subarray(2 * nKeyHeads * keyDim);
  const o = new Float64Array(nValueHeads * valueDim);
  for (let head = 0; head < nValueHeads; head++) {
    const keyHead = head % nKeyHeads;
    const alpha = Math.exp(input.a[head]! * softplus(input.aRaw[head]! + input.dtBias[head]!));
    const beta = sigmoid(input.bRaw[head]!);
    const q = l2Norm(row(c, keyHead, keyDim)).map((value) => value / Math.sqrt(keyDim));
    const k = l2Norm(row(keys, keyHead, keyDim));
    const v = row(values, head, valueDim);
    const S = row(state, head, valueDim * keyDim);
    o.set(deltaRuleHead(S, { q, k, v, alpha, beta }), head * valueDim);
  }
  return o;
}

/**
 * One token of one head, q and k normalised: forget, correct what S recalls for k, read. S [valueDim, keyDim]
 * in place.
 */
export function deltaRuleHead(
  S: Float64Array,
  t: {
    readonly q: Float64Array;
    readonly k: Float64Array;
    readonly v: Float64Array;
    readonly alpha: number;
    readonly beta: number;
  },
): Float64Array {
  return t.v.map((v, i) => {
    const s = row(S, i, t.k.length);
    s.forEach((_, j) => (s[j]! *= t.alpha)); //         S ← α S
    const delta = t.beta * (v - dot(s, t.k)); //        δ = β (v − S k)
    s.forEach((_, j) => (s[j]! += delta * t.k[j]!)); // S ← S + δ kᵀ
    return dot(s, t.q); //                              o = S q
  });
}
