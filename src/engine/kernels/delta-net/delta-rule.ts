import deltaRule from "../../../../shaders/delta-net/delta-rule.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import stepFile from "../../../../shaders/lib/step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface DeltaRuleArgs {
  readonly step: GpuRange;
  /** f32 [nTokens, q | k | v], convolved. */
  readonly c: GpuRange;
  /** f32 [nTokens, rowStride], with the raw gates at bColumn and aColumn. */
  readonly projected: GpuRange;
  /** f32 [a: nValueHeads | dtBias: nValueHeads] */
  readonly gates: GpuRange;
  /** f32 [nValueHeads, keyDim / 4, valueDim, 4], kept between steps. */
  readonly state: GpuRange;
  /** f32 [nTokens, nValueHeads, valueDim] */
  readonly o: GpuRange;
  readonly nKeyHeads: number;
  readonly nValueHeads: number;
  readonly valueDim: number;
  readonly rowStride: number;
  readonly bColumn: number;
  readonly aColumn: number;
}

/** Rows of S that a workgroup takes. */
const ROWS = 32;

/** The text that the kernel is made of. */
export const deltaRuleSource = [stepFile, activation, deltaRule, `ROWS = ${ROWS}`].join("");

/** The columns in which a kernel finds gates and keys. */
export const deltaRuleParams = {
  nKeyHeads: "u32",
  nValueHeads: "u32",
  valueDim: "u32",
  rowStride: "u32",
  bColumn: "u32",
  aColumn: "u32",
} as const;

/** Equation and shapes: shaders/delta-net/delta-rule.wgsl. */
export async function compileDeltaRule(compiler: KernelCompiler, { keyDim }: { readonly keyDim: number }) {
  const kernel = await compiler.compile({
    label: "delta-rule",
    files: [stepFile, activation, deltaRule],
    constants: { KEY_DIM: keyDim, ROWS },
    params: deltaRuleParams,
    buffers: {
      step: "read",
      c: "read",
      projected: "read",
      gates: "read",
      state: "read_write",
      o: "read_write",
    },
  });
  return (scope: MemoryScope, label: string, args: DeltaRuleArgs): Dispatch =>
    kernel.dispatch(scope, label, args, [Math.ceil(args.valueDim / ROWS), args.nValueHeads]);
}
