import type { Gpu } from "../../../gpu/device";
import { whatItSays } from "../../../../ground/errors";
import type { PassTimer } from "../../../gpu/pass-timer";
import { Trial, type TrialSetup } from "./trial";
import { type Sentence } from "../../../../language/language";

/** The result of trying some choices; the baseline stays unless another one is right and faster. */
export interface Measured<Choice> {
  readonly choice: Choice;
  /** Candidates that were wrong or did not run on this device, and why. */
  readonly rejected: readonly Named<Choice, { readonly reason: Sentence }>[];
  /** The median of its rounds, for each candidate that was right. */
  readonly timings: readonly Named<Choice, { readonly milliseconds: number }>[];
}

/** A choice with its words for a person. */
type Named<Choice, Found> = { readonly choice: Choice; readonly name: string } & Found;

interface Measurable<Choice> {
  readonly candidates: readonly [Choice, ...Choice[]];
  readonly trial: TrialSetup<Choice>;
  readonly nameOf: (choice: Choice) => string;
}

/** Candidates have to be this much faster than the baseline, or it stays. */
const LEAST_GAIN = 0.03;
const ROUNDS = 3;

/**
 * Checks each candidate against the baseline's numbers, then times those that are right. `null` when the time
 * is spent before.
 */
export async function measureChoices<Choice>(
  gpu: Gpu,
  timer: PassTimer,
  { candidates: [baseline, ...others], trial: setup, nameOf }: Measurable<Choice>,
  isOver: () => boolean | undefined,
): Promise<Measured<Choice> | null> {
  const trial = await Trial.create(gpu, timer, setup, baseline);
  try {
    const rejected: Measured<Choice>["rejected"][number][] = [];
    const accepted: Choice[] = [baseline];
    for (const choice of others) {
      if (isOver()) return null;
      // A candidate may fail to compile or to run here; that is a reason not to use it, and no more.
      const reason = await trial.check(choice).catch(whatItSays);
      if (reason === null) accepted.push(choice);
      else rejected.push({ choice, name: nameOf(choice), reason });
    }
    // In turns, so that a change of clock meets all of them.
    const times = accepted.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, choice] of accepted.entries()) {
        if (isOver()) return null;
        times[i]!.push(await trial.time(choice));
      }
    }
    const medians = times.map((all) => all.sort((a, b) => a - b)[ROUNDS >> 1]!);
    const best = medians.indexOf(Math.min(...medians));
    const isWorthIt = medians[best]! < (1 - LEAST_GAIN) * medians[0]!;
    const timings = accepted.map((choice, i) => ({
      choice,
      name: nameOf(choice),
      milliseconds: medians[i]!,
    }));
    return { choice: isWorthIt ? accepted[best]! : baseline, rejected, timings };
  } finally {
    trial.dispose();
  }
}
