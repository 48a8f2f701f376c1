import type { MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import { compileDeltaRule, deltaRuleSource } from "./delta-rule";
import { compileDeltaRuleBlocks, deltaRuleBlocksSource, type DeltaRuleBlocksArgs } from "./delta-rule-blocks";

/** Makes the dispatches of the delta rule of prefill, for a step of any length. */
export type DeltaRule = (scope: MemoryScope, label: string, args: DeltaRuleBlocksArgs) => readonly Dispatch[];

interface Form {
  /** In words for a person. */
  readonly name: string;
  /** The text that its kernels are made of. */
  readonly source: string;
  readonly compile: (compiler: KernelCompiler, shape: { readonly keyDim: number }) => Promise<DeltaRule>;
}

/** The forms of the delta rule of prefill that the tuner chooses from, the baseline first. */
export const deltaRuleForms = {
  sequential: {
    name: "token by token",
    source: deltaRuleSource,
    compile: async (compiler, shape) => {
      const deltaRule = await compileDeltaRule(compiler, shape);
      return (...args) => [deltaRule(...args)];
    },
  },
  blocks: { name: "by blocks", source: deltaRuleBlocksSource, compile: compileDeltaRuleBlocks },
} as const satisfies Record<string, Form>;

export type DeltaRuleForm = keyof typeof deltaRuleForms;

export const deltaRuleFormNames = Object.keys(deltaRuleForms) as [DeltaRuleForm, ...DeltaRuleForm[]];
