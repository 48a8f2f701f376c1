import { deltaRule, type DeltaRuleShape } from "../../reference/delta-rule";
import { randomNormal } from "./random";

export interface DeltaRuleCase extends DeltaRuleShape {
  readonly nTokens: number;
}

/** The inputs of the delta rule's kernels, as {@link deltaRuleSample} makes them. */
export interface DeltaRuleInputs {
  /** [nTokens, cStride]: q | k | v */
  readonly c: Float32Array<ArrayBuffer>;
  readonly cStride: number;
  /** [nTokens, rowStride], raw gates at bColumn and aColumn + head. */
  readonly projected: Float32Array<ArrayBuffer>;
  readonly rowStride: number;
  readonly bColumn: number;
  readonly aColumn: number;
  /** [a: nValueHeads | dtBias: nValueHeads] */
  readonly gates: Float32Array<ArrayBuffer>;
}

/** Random inputs of a few heads, as `change` leaves them, and what f64 makes of them. */
export function deltaRuleSample(
  { nTokens, ...shape }: DeltaRuleCase,
  change: (inputs: DeltaRuleInputs) => void = () => undefined,
) {
  const { nKeyHeads, nValueHeads, keyDim, valueDim } = shape;
  const cStride = 2 * nKeyHeads * keyDim + nValueHeads * valueDim;
  const rowStride = 2 * nValueHeads + 4; // gates, and other columns before them
  const [bColumn, aColumn] = [4, 4 + nValueHeads];
  const c = randomNormal(nTokens * cStride, 1);
  const projected = randomNormal(nTokens * rowStride, 2);
  const gates = new Float32Array(2 * nValueHeads);
  randomNormal(nValueHeads, 3).forEach((value, head) => {
    gates[head] = -Math.exp(value); // fast and slow decays
    gates[nValueHeads + head] = value - 2;
  });
  const inputs: DeltaRuleInputs = { c, cStride, projected, rowStride, bColumn, aColumn, gates };
  change(inputs);
  const state = new Float64Array(nValueHeads * valueDim * keyDim);
  const o = Array.from({ length: nTokens }, (_, t) => {
    const gate = (column: number) =>
      Float64Array.from(projected.subarray(t * rowStride + column, t * rowStride + column + nValueHeads));
    return deltaRule(
      {
        ...shape,
        c: Float64Array.from(c.subarray(t * cStride, (t + 1) * cStride)),
        aRaw: gate(aColumn),
        bRaw: gate(bColumn),
        a: Float64Array.from(gates.subarray(0, nValueHeads)),
        dtBias: Float64Array.from(gates.subarray(nValueHeads)),
      },
      state,
    );
  });
  return { ...inputs, expected: o.flatMap((row) => [...row]), state };
}

/** The kernels' state order [head, keyDim / 4, valueDim, 4] of the reference's [head, valueDim, keyDim]. */
export function inKernelOrder(
  state: Float64Array,
  { nValueHeads, keyDim, valueDim }: DeltaRuleShape,
): Float64Array {
  const out = new Float64Array(state.length);
  for (let head = 0; head < nValueHeads; head++)
    for (let row = 0; row < valueDim; row++)
      for (let k = 0; k < keyDim; k++)
        out[((head * keyDim) / 4 + Math.floor(k / 4)) * valueDim * 4 + row * 4 + (k % 4)] =
          state[(head * valueDim + row) * keyDim + k]!;
  return out;
}
