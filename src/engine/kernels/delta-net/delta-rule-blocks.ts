import deltaRuleBlocks from "../../../../shaders/delta-net/delta-rule-blocks.wgsl?raw";
import deltaRuleScan from "../../../../shaders/delta-net/delta-rule-scan.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import stepFile from "../../../../shaders/lib/step.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import { deltaRuleParams, type DeltaRuleArgs } from "./delta-rule";

/** Tokens of a block: what 16 KiB of workgroup memory allow. */
export const BLOCK_TOKENS = 32;

/** f32 values that the first half leaves of each token and value head for the second. */
export const BLOCK_RECORD = 2 * BLOCK_TOKENS + 4;

/** Rows of S that a workgroup of the second half keeps. */
const SCAN_ROWS = 16;

/** Sizes that both shaders, or this file and one of them, have to agree on. */
const sizes = { BLOCK: BLOCK_TOKENS, RECORD: BLOCK_RECORD / 4 };
const scanSizes = { ...sizes, ROWS: SCAN_ROWS };

/** The arguments of {@link compileDeltaRule}'s kernel, and room for what is made of blocks. */
export interface DeltaRuleBlocksArgs extends DeltaRuleArgs {
  /** f32 [nTokens, nValueHeads, BLOCK_RECORD] */
  readonly blocks: GpuRange;
}

/** Makes the two dispatches of the delta rule by blocks, for a step of any length. */
export type DeltaRuleBlocks = (
  scope: MemoryScope,
  label: string,
  args: DeltaRuleBlocksArgs,
) => readonly [blocks: Dispatch, scan: Dispatch];

/** The text that the kernels are made of. */
export const deltaRuleBlocksSource = [
  ...[stepFile, activation, deltaRuleBlocks, deltaRuleScan],
  JSON.stringify(scanSizes),
].join("");

/**
 * The gated delta rule in its chunkwise form. Equations and shapes: shaders/delta-net/delta-rule-blocks.wgsl,
 * shaders/delta-net/delta-rule-scan.wgsl.
 */
export async function compileDeltaRuleBlocks(
  compiler: KernelCompiler,
  { keyDim }: { readonly keyDim: number },
): Promise<DeltaRuleBlocks> {
  const [blocks, scan] = await Promise.all([
    compiler.compile({
      label: "delta-rule-blocks",
      files: [stepFile, activation, deltaRuleBlocks],
      constants: { KEY_DIM: keyDim, ...sizes },
      params: deltaRuleParams,
      buffers: { step: "read", c: "read", projected: "read", gates: "read", blocks: "read_write" },
    }),
    compiler.compile({
      label: "delta-rule-scan",
      files: [stepFile, deltaRuleScan],
      constants: { KEY_DIM: keyDim, ...scanSizes },
      params: { nKeyHeads: "u32", nValueHeads: "u32", valueDim: "u32" },
      buffers: { step: "read", c: "read", blocks: "read", state: "read_write", o: "read_write" },
    }),
  ]);
  return (scope, label, args) => [
    blocks.dispatch(scope, `${label}, blocks`, args, (nTokens) => [
      Math.ceil(nTokens / BLOCK_TOKENS),
      args.nValueHeads,
    ]),
    scan.dispatch(scope, `${label}, scan`, args, [args.valueDim / SCAN_ROWS, args.nValueHeads]),
  ];
}
