import { silu } from "./activation";

/** silu(gate) ⊙ up, the middle of the MLP. Shazeer 2020, arXiv:2002.05202. */
export function swiglu(gate: Float64Array, up: Float64Array): Float64Array {
  return gate.map((value, i) => silu(value) * up[i]!);
}
