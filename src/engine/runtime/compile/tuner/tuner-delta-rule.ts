import { OutOfMemoryError } from "../../../../ground/errors";
import type { Gpu } from "../../../gpu/device";
import { PassTimer } from "../../../gpu/pass-timer";
import { deltaRuleSource } from "../../../kernels/delta-net/delta-rule";
import { compileDeltaRuleBlocks, deltaRuleBlocksSource } from "../../../kernels/delta-net/delta-rule-blocks";
import type { DeltaNetConfig } from "../../../weights/config/model-config";
import { deltaRuleTrial } from "./delta-rule";
import type { TuneOptions } from "./tune";
import { tunerKey } from "./tuner-key";
import { measureChoices, type Measured } from "./measure";

/** The baseline first. */
export const deltaRuleForms = ["sequential", "blocks"] as const;

/** The delta rule of prefill: one token after another, or by blocks of them. */
export type DeltaRuleForm = (typeof deltaRuleForms)[number];

export interface TunedDeltaRule extends Measured<DeltaRuleForm> {
  /** Heads and their sizes. */
  readonly shape: string;
  readonly source: "remembered" | "measured";
}

const BUDGET_MS = 250;

/**
 * Finds the faster form of the delta rule, once blocks have given what the sequential kernel gives. `null`
 * where it was not tried, as on software adapters; then the baseline stays.
 */
export async function tuneDeltaRule(
  gpu: Gpu,
  deltaNet: DeltaNetConfig,
  { store, budgetMs = gpu.isSoftware ? 0 : BUDGET_MS, signal }: Omit<TuneOptions, "precision">,
): Promise<TunedDeltaRule | null> {
  if (signal?.aborted || budgetMs === 0) return null;
  const { nKeyHeads, nValueHeads, keyDim, valueDim } = deltaNet;
  const shape = `${nValueHeads} heads on ${nKeyHeads}, ${keyDim}×${valueDim}`;
  const source = JSON.stringify(deltaRuleForms) + deltaRuleSource + deltaRuleBlocksSource;
  const storeKey = store && (await tunerKey(gpu, `delta rule ${shape}`, source));
  const stored = storeKey && (await store.get(storeKey));
  const known = deltaRuleForms.find((form) => form === stored);
  if (known) return { shape, choice: known, source: "remembered", rejected: [], timings: [] };
  // Beside the budget: where that alone takes longer, the tuner would never come to measure. What fails here,
  // the trial hears of again.
  await compileDeltaRuleBlocks(gpu.compiler, deltaNet).catch(() => undefined);
  const started = performance.now();
  const isOver = () => signal?.aborted || performance.now() - started >= budgetMs;
  const scope = gpu.memory.scope();
  const timer = await PassTimer.create(gpu, scope);
  try {
    const measured = await measureChoices(gpu, timer, deltaRuleTrial(gpu, deltaNet), deltaRuleForms, isOver);
    if (!measured) return null; // out of time on the way: the next start tries again
    if (storeKey) await store.set(storeKey, measured.choice);
    return { shape, ...measured, source: "measured" };
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error;
    return null; // no room to try
  } finally {
    timer.dispose();
    scope.dispose();
  }
}

export const nameOfForm = (form: DeltaRuleForm): string =>
  ({ sequential: "token by token", blocks: "by blocks" })[form];
