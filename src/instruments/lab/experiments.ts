import { Random } from "../../ground/random";
import { curve, curves, measure, type Point } from "./measure";
import type { Memory, Pairs } from "./memory";
import type { LabChart, LabRequest, RuleId } from "./report";
import { nLastingChannels, tokenKinds, type TokenKind } from "./rules";
import { makeKeys, unitVectors } from "./vectors";

/** Pairs, and what is asked of a memory that stores them. */
export interface Experiment {
  readonly pairs: Pairs;
  /** @param next called before each point of a curve; it throws to stop */
  readonly run: (memory: Memory, next: () => void) => Promise<readonly LabChart[]>;
}

const POINTS = 11;

/** 2 … `most`, each √2 times the one before. */
export function pairCounts(most: number): readonly number[] {
  const counts = Array.from({ length: POINTS }, (_, i) => Math.round(most * 2 ** ((i + 1 - POINTS) / 2)));
  return [...new Set(counts)].filter((n) => n >= 2);
}

/** The lab's experiments, each made when its turn comes, with numbers of its own. */
export function* experiments(request: LabRequest, nTrials: number): Generator<Experiment> {
  const makers = [capacity, overwriting, contextSwitch, recallByAge];
  for (const [i, make] of makers.entries()) {
    yield make(request, nTrials, new Random(makers.length * request.seed + i));
  }
}

type MakeExperiment = (request: LabRequest, nTrials: number, random: Random) => Experiment;

/** N pairs are stored and all of them read back. */
const capacity: MakeExperiment = ({ size, mostPairs, keys }, nTrials, random) => ({
  pairs: makePairs(size, nTrials, ["store", mostPairs], () => ({
    keys: makeKeys(keys, mostPairs, size, random),
    values: unitVectors(mostPairs, size, random),
  })),
  run: async (memory, next) => {
    const xs = pairCounts(mostPairs);
    const points: ((rule: RuleId) => Point)[] = [];
    let stored = 0;
    for (const n of xs) {
      next();
      memory.store(stored, n - stored);
      stored = n;
      const scores = await memory.ask({ first: 0, n, firstAnswer: 0, firstCandidate: 0, nCandidates: n });
      points.push((rule) => measure(scores, nTrials, rule, [0, n]));
    }
    return [{ experiment: "capacity", xs, curves: curves(points) }];
  },
});

/**
 * N pairs are stored, then the same keys with new values. The new ones are asked for; the old ones are
 * rivals.
 */
const overwriting: MakeExperiment = ({ size, mostPairs, keys }, nTrials, random) => ({
  pairs: makePairs(size, nTrials, ["store", mostPairs, "rewrite", mostPairs], () => {
    const once = makeKeys(keys, mostPairs, size, random);
    return { keys: [...once, ...once], values: unitVectors(2 * mostPairs, size, random) };
  }),
  run: async (memory, next) => {
    const xs = pairCounts(mostPairs);
    const points: ((rule: RuleId) => Point)[] = [];
    for (const n of xs) {
      next();
      memory.clear();
      memory.store(0, n);
      memory.store(mostPairs, n);
      const queries = { first: 0, n, nCandidates: n };
      const scores = await memory.ask({ ...queries, firstAnswer: mostPairs, firstCandidate: mostPairs });
      const rivals = await memory.ask({ ...queries, firstAnswer: 0, firstCandidate: 0 });
      points.push((rule) => measure(scores, nTrials, rule, [0, n], rivals));
    }
    return [{ experiment: "overwriting", xs, curves: curves(points) }];
  },
});

/**
 * Some pairs that should last, with keys in the lasting channels; a context of twice as many pairs as the
 * state has channels; a switch; then N pairs of another context. Asked for are those N, and the pairs that
 * should last.
 */
const contextSwitch: MakeExperiment = ({ size, mostPairs, keys }, nTrials, random) => {
  const nLastingDims = nLastingChannels(size);
  const nLasting = size / 8;
  const nBefore = 2 * size;
  const first = nLasting + nBefore;
  const kinds = ["store", first, "switch", 1, "store", mostPairs - 1] as const;
  return {
    pairs: makePairs(size, nTrials, kinds, () => {
      const inChannels = (from: number, to: number, n: number) =>
        makeKeys(keys, n, to - from, random).map((key) => {
          const whole = new Float64Array(size);
          whole.set(key, from);
          return whole;
        });
      const passing = [nBefore, mostPairs].flatMap((n) => inChannels(nLastingDims, size, n));
      return {
        keys: [...inChannels(0, nLastingDims, nLasting), ...passing],
        values: unitVectors(first + mostPairs, size, random),
      };
    }),
    run: async (memory, next) => {
      const xs = pairCounts(mostPairs);
      const [after, lasting]: [((rule: RuleId) => Point)[], ((rule: RuleId) => Point)[]] = [[], []];
      memory.store(0, first);
      let stored = 0;
      for (const n of xs) {
        next();
        memory.store(first + stored, n - stored);
        stored = n;
        const of = (from: number, n: number) =>
          memory.ask({ first: from, n, firstAnswer: from, firstCandidate: 0, nCandidates: first + stored });
        const [newOnes, oldOnes] = [await of(first, n), await of(0, nLasting)];
        after.push((rule) => measure(newOnes, nTrials, rule, [0, n]));
        lasting.push((rule) => measure(oldOnes, nTrials, rule, [0, nLasting]));
      }
      return [
        { experiment: "switch", xs, curves: curves(after) },
        { experiment: "lasting", xs, curves: curves(lasting) },
      ];
    },
  };
};

const AGES = 16;

/**
 * Stores as many pairs as the curves end at, and scores each against how many were stored after it; with the
 * window beside, too.
 */
const recallByAge: MakeExperiment = ({ size, mostPairs, keys, window }, nTrials, random) => ({
  pairs: makePairs(size, nTrials, ["store", mostPairs], () => ({
    keys: makeKeys(keys, mostPairs, size, random),
    values: unitVectors(mostPairs, size, random),
  })),
  run: async (memory, next) => {
    next();
    memory.store(0, mostPairs);
    const all = { first: 0, n: mostPairs, firstAnswer: 0, firstCandidate: 0, nCandidates: mostPairs };
    const nKeys = Math.min(window, mostPairs);
    const alone = await memory.ask(all);
    const beside = await memory.ask({ ...all, window: { firstKey: mostPairs - nKeys, nKeys } });
    const perBin = Math.max(1, Math.floor(mostPairs / AGES));
    const xs = Array.from({ length: Math.floor(mostPairs / perBin) }, (_, i) => (i + 1) * perBin);
    const queriesOf = (age: number) => [mostPairs - age, mostPairs - age + perBin] as const;
    const points = xs.map((age) => (rule: RuleId) => measure(alone, nTrials, rule, queriesOf(age)));
    const withWindow = xs.map((age) => measure(beside, nTrials, "gatedDeltaNet", queriesOf(age)));
    const joined = [...curves(points), curve("gatedDeltaNet", withWindow, true)];
    return [{ experiment: "age", xs, curves: joined }];
  },
});

/** @param runs kinds of the tokens in order, each with how many there are of it */
function makePairs(
  size: number,
  nTrials: number,
  runs: readonly (TokenKind | number)[],
  make: () => { readonly keys: readonly Float64Array[]; readonly values: readonly Float64Array[] },
): Pairs {
  const kinds = runs.flatMap((kind, i) =>
    typeof kind === "number" ? [] : Array<number>(runs[i + 1] as number).fill(tokenKinds.indexOf(kind)),
  );
  const nTokens = kinds.length;
  const keys = new Float32Array(nTrials * nTokens * size);
  const values = new Float32Array(keys.length);
  for (let trial = 0; trial < nTrials; trial++) {
    const made = make();
    made.keys.forEach((key, i) => keys.set(key, (trial * nTokens + i) * size));
    made.values.forEach((value, i) => values.set(value, (trial * nTokens + i) * size));
  }
  return {
    nTrials,
    nTokens,
    keyDim: size,
    valueDim: size,
    keys,
    values,
    kinds: Uint32Array.from(kinds),
  };
}
