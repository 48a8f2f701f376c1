import { sigmoid } from "./activation";
import { dot, linear, row } from "./linear";
import { swiglu } from "./swiglu";

/** The fields of the experts that the forward pass needs. */
export interface ReferenceExperts {
  readonly count: number;
  readonly used: number;
  readonly width: number;
  readonly hasSharedGate: boolean;
  /** By layer: a gate's rows lie before its up's, in one tensor. */
  readonly isFused: readonly boolean[];
}

export interface Route {
  readonly expert: number;
  readonly weight: number;
}

/** The `used` likeliest experts; of equal ones the lower number. Their weights add up to 1. */
export function route(logits: Float64Array, used: number): readonly Route[] {
  const chosen = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b).slice(0, used);
  const terms = chosen.map((expert) => Math.exp(logits[expert]! - logits[chosen[0]!]!));
  const sum = terms.reduce((a, b) => a + b, 0);
  return chosen.map((expert, i) => ({ expert, weight: terms[i]! / sum }));
}

type Tensor = (name: string) => Float64Array;

/**
 * The MLP of a mixture: chosen experts by their weights, and the shared expert by its gate. Shazeer et al.
 * 2017, arXiv:1701.06538; docs/model.md#experts.
 */
export function mixtureOfExperts(
  experts: ReferenceExperts,
  layer: number,
  w: Tensor,
  x: Float64Array,
): Float64Array {
  const shared = linear(
    w("ffn_down_shexp.weight"),
    swiglu(linear(w("ffn_gate_shexp.weight"), x), linear(w("ffn_up_shexp.weight"), x)),
  );
  const factor = experts.hasSharedGate ? sigmoid(dot(w("ffn_gate_inp_shexp.weight"), x)) : 1;
  const sum = shared.map((value) => factor * value);
  for (const { expert, weight } of route(linear(w("ffn_gate_inp.weight"), x), experts.used)) {
    const y = linear(downOf(experts, w, expert, x.length), innerOf(experts, layer, w, expert, x));
    y.forEach((value, i) => (sum[i]! += weight * value));
  }
  return sum;
}

const downOf = ({ width }: ReferenceExperts, w: Tensor, expert: number, hidden: number) =>
  row(w("ffn_down_exps.weight"), expert, hidden * width);

function innerOf(
  { width, isFused }: ReferenceExperts,
  layer: number,
  w: Tensor,
  expert: number,
  x: Float64Array,
): Float64Array {
  const size = width * x.length;
  if (!isFused[layer]) {
    const of = (name: string) => linear(row(w(name), expert, size), x);
    return swiglu(of("ffn_gate_exps.weight"), of("ffn_up_exps.weight"));
  }
  const both = w("ffn_gate_up_exps.weight");
  return swiglu(linear(row(both, 2 * expert, size), x), linear(row(both, 2 * expert + 1, size), x));
}
