import { dot, row } from "../linear";

/** A token and the gates a rule may use of it; those per head are numbers, those per channel arrays. */
export interface RuleToken {
  readonly k: Float64Array;
  readonly v: Float64Array;
  readonly alpha: number;
  readonly alphas: Float64Array;
  readonly beta: number;
  readonly erase: Float64Array;
  readonly write: Float64Array;
  /** Comba's p. */
  readonly p: Float64Array;
}

type Matrix = Float64Array;

/**
 * Next states S [keyDim, valueDim] as each paper writes them, matrix by matrix: docs/model.md#rules-of-memory
 */
export const rulesAsWritten: Readonly<Record<string, (S: Matrix, t: RuleToken) => Matrix>> = {
  linear: (S, { k, v }) => plus(S, outer(k, v)),
  mamba2: (S, { k, v, alpha }) => plus(times(alpha, S), outer(k, v)),
  deltaNet: (S, { k, v, beta }) => plus(without(S, k, times(beta, k)), outer(k, times(beta, v))),
  gatedDeltaNet: (S, { k, v, alpha, beta }) =>
    plus(times(alpha, without(S, k, times(beta, k))), outer(k, times(beta, v))),
  comba: (S, { k, v, alpha, beta, p }) =>
    plus(times(alpha, S), plus(times(-beta, outer(k, apply(S, p, v.length))), outer(k, times(beta, v)))),
  kimiDelta: (S, { k, v, alphas, beta }) =>
    plus(without(diagonal(alphas, S), k, times(beta, k)), outer(k, times(beta, v))),
  gatedDeltaNet2: (S, { k, v, alphas, erase, write }) =>
    plus(without(diagonal(alphas, S), k, each(erase, k)), outer(k, each(write, v))),
};

/** (I − k eᵀ) S */
const without = (S: Matrix, k: Float64Array, e: Float64Array): Matrix => {
  const n = k.length;
  const projector = outer(k, e).map((value, at) => (at % (n + 1) === 0 ? 1 : 0) - value);
  return multiply(projector, S, n);
};
const plus = (a: Matrix, b: Matrix): Matrix => a.map((value, i) => value + b[i]!);
const times = (factor: number, a: Float64Array): Float64Array => a.map((value) => factor * value);
const each = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value * b[i]!);
const outer = (a: Float64Array, b: Float64Array): Matrix =>
  Float64Array.from([...a].flatMap((x) => [...times(x, b)]));
const diagonal = (a: Float64Array, S: Matrix): Matrix =>
  S.map((value, at) => a[Math.floor((at * a.length) / S.length)]! * value);
/** Sᵀ x */
const apply = (S: Matrix, x: Float64Array, valueDim: number): Float64Array =>
  Float64Array.from({ length: valueDim }, (_, j) =>
    x.reduce((sum, value, i) => sum + value * S[i * valueDim + j]!, 0),
  );
/** A [n, n] times B [n, m]. */
const multiply = (A: Matrix, B: Matrix, n: number): Matrix => {
  const m = B.length / n;
  const columns = Array.from({ length: m }, (_, j) =>
    Float64Array.from({ length: n }, (_, i) => B[i * m + j]!),
  );
  return Float64Array.from({ length: n * m }, (_, at) =>
    dot(row(A, Math.floor(at / m), n), columns[at % m]!),
  );
};
