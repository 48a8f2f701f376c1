import { dot, row } from "../linear";
import { memoryStep, recall, windowBeside } from "./memory-step";

/**
 * Pairs of several trials: keys [nTrials, nTokens, keyDim], values [nTrials, nTokens, valueDim], kinds
 * [nTokens].
 */
export interface StoredPairs {
  readonly nTrials: number;
  readonly nTokens: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly keys: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly kinds: ArrayLike<number>;
}

interface Question {
  readonly first: number;
  readonly n: number;
  readonly firstAnswer: number;
  readonly firstCandidate: number;
  readonly nCandidates: number;
  readonly window?: { readonly firstKey: number; readonly nKeys: number } | undefined;
}

/** The lab's memory in f64: states of rules × trials, all fed the same pairs. */
export class ReferenceMemory {
  readonly #pairs: readonly (readonly { readonly k: Float64Array; readonly v: Float64Array }[])[];
  readonly #states: Float64Array[];

  /** @param gates [nRules, nKinds, alpha: keyDim | r: keyDim | w: valueDim] */
  constructor(
    readonly pairs: StoredPairs,
    readonly gates: ArrayLike<number>,
    readonly nRules: number,
    readonly nKinds: number,
    readonly match: { readonly scale: number; readonly threshold: number },
  ) {
    const { nTrials, nTokens, keyDim, valueDim } = pairs;
    const [keys, values] = [Float64Array.from(pairs.keys), Float64Array.from(pairs.values)];
    this.#pairs = Array.from({ length: nTrials }, (_, trial) =>
      Array.from({ length: nTokens }, (_, t) => ({
        k: row(keys, trial * nTokens + t, keyDim),
        v: row(values, trial * nTokens + t, valueDim),
      })),
    );
    const size = keyDim * valueDim;
    this.#states = Array.from({ length: nRules * nTrials }, () => new Float64Array(size));
  }

  clear(): void {
    for (const S of this.#states) S.fill(0);
  }

  store(first: number, n: number): void {
    const { nTrials, keyDim, valueDim, kinds } = this.pairs;
    const gates = Float64Array.from(this.gates);
    this.#states.forEach((S, head) => {
      for (let t = first; t < first + n; t++) {
        const all = row(gates, Math.floor(head / nTrials) * this.nKinds + kinds[t]!, 2 * keyDim + valueDim);
        memoryStep(S, {
          ...this.#pairs[head % nTrials]![t]!,
          alpha: all.subarray(0, keyDim),
          read: all.subarray(keyDim, 2 * keyDim),
          write: all.subarray(2 * keyDim),
        });
      }
    });
  }

  /** [nRules × nTrials, n, (o·v, o·o, v·v, candidates nearer than v)] */
  ask({ first, n, firstAnswer, firstCandidate, nCandidates, window }: Question): Promise<Float64Array> {
    const { nTrials, valueDim } = this.pairs;
    const scores: number[] = [];
    this.#states.forEach((S, head) => {
      const pairs = this.#pairs[head % nTrials]!;
      const held = pairs.slice(window?.firstKey, window && window.firstKey + window.nKeys);
      const candidates = pairs.slice(firstCandidate, firstCandidate + nCandidates);
      for (let i = 0; i < n; i++) {
        const q = pairs[first + i]!.k;
        const recalled = recall(S, q, valueDim);
        const o = window ? windowBeside(recalled, q, held, this.match) : recalled;
        const answer = pairs[firstAnswer + i]!;
        const ov = dot(o, answer.v);
        const nearer = candidates.filter((one) => one !== answer && dot(o, one.v) > ov).length;
        scores.push(ov, dot(o, o), dot(answer.v, answer.v), nearer);
      }
    });
    return Promise.resolve(Float64Array.from(scores));
  }
}
