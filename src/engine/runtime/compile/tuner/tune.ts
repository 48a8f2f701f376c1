import { OutOfMemoryError } from "../../../../ground/errors";
import type { Gpu } from "../../../gpu/device";
import { PassTimer } from "../../../gpu/pass-timer";
import { measureChoices, type Measured } from "./measure";
import { deviceName, digestOf } from "./store-key";
import type { TrialSetup } from "./trial";

/**
 * Work that one device does best in one way and the next in another: a product's tile, a form of a kernel.
 */
export interface TunerSubject<Choice> {
  /** Names what takes the choice; a person reads it too. */
  readonly key: string;
  /** Names what the choice was tried on, for the store; `key` unless said otherwise. */
  readonly storedAs?: string;
  /** All text that the candidates are made of. A stored choice holds while it stays the same. */
  readonly source: string;
  /** The baseline first. */
  readonly candidates: readonly [Choice, ...Choice[]];
  /** Work to compare and to time the candidates on. */
  readonly trial: TrialSetup<Choice>;
  /** A choice in words for a person. */
  readonly nameOf: (choice: Choice) => string;
  /** Compiles, outside of the budget, what takes longer than that: else it would never be measured. */
  readonly compileAhead?: () => Promise<unknown>;
}

/** Subjects that share a budget, the one that matters most first. */
export interface TunerSubjects<Choice> {
  readonly budgetMs: number;
  readonly subjects: readonly TunerSubject<Choice>[];
}

/** The store that keeps choices from visit to visit. */
export interface TunerStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

export interface TuneOptions {
  readonly store?: TunerStore | undefined;
  /** In place of the subjects' own. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Tuned<Choice> extends Measured<Choice> {
  /** The choice in words. */
  readonly name: string;
  readonly source: "remembered" | "measured";
}

/**
 * The choices that were found, by the key of their subject. A subject that is not in it takes the baseline.
 */
export type TunedChoices<Choice> = ReadonlyMap<string, Tuned<Choice>>;

/**
 * Finds the fastest candidate of each subject until the time is spent. Every candidate first has to give the
 * baseline's numbers. Software adapters take the baseline untried: there, times mean nothing and compiling
 * takes seconds.
 */
export async function tune<Choice>(
  gpu: Gpu,
  { subjects, budgetMs: usualMs }: TunerSubjects<Choice>,
  { store, budgetMs = gpu.isSoftware ? 0 : usualMs, signal }: TuneOptions,
): Promise<TunedChoices<Choice>> {
  const tuned = new Map<string, Tuned<Choice>>();
  let endsAt = performance.now() + budgetMs;
  const isOver = () => signal?.aborted || performance.now() >= endsAt;
  if (isOver()) return tuned;
  const scope = gpu.memory.scope();
  const timer = await PassTimer.create(gpu, scope);
  try {
    for (const subject of subjects) {
      const { key, candidates, nameOf } = subject;
      const storeKey = store && (await storeKeyOf(gpu, subject));
      const known = candidateOf(candidates, storeKey && (await store.get(storeKey)));
      if (known !== undefined) {
        const name = nameOf(known);
        tuned.set(key, { choice: known, name, source: "remembered", rejected: [], timings: [] });
      } else if (!isOver()) {
        const compilingFrom = performance.now();
        await subject.compileAhead?.();
        endsAt += performance.now() - compilingFrom;
        const measured = await measureChoices(gpu, timer, subject, isOver);
        if (!measured) break; // out of time on the way: the next start tries again
        tuned.set(key, { ...measured, name: nameOf(measured.choice), source: "measured" });
        if (storeKey) await store.set(storeKey, measured.choice);
      }
    }
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error; // no room to try: the rest takes the baseline
  } finally {
    timer.dispose();
    scope.dispose();
  }
  return tuned;
}

/** The candidate that a stored value is, if it is one. */
function candidateOf<Choice>(candidates: readonly Choice[], stored: unknown): Choice | undefined {
  const text = JSON.stringify(stored);
  return candidates.find((choice) => JSON.stringify(choice) === text);
}

/** Names all that a choice depends on: device, browser, the text of the kernels, and what was tried on. */
async function storeKeyOf(
  gpu: Gpu,
  { key, storedAs = key, source }: Pick<TunerSubject<unknown>, "key" | "storedAs" | "source">,
): Promise<string> {
  return [deviceName(gpu), await digestOf(source), storedAs].join(" | ");
}
