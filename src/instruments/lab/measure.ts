import { ruleIds, type LabCurve, type RuleId } from "./report";

/** Closer than this two cosines are taken to be equal. */
const TIE = 1e-4;

type Measures = Pick<LabCurve, "found" | "similarity" | "error">;
export type Point = Readonly<Record<keyof Measures, number>>;

/**
 * Means over the trials of one rule and over queries [from, to).
 *
 * @param scores   [rule, trial, query, (o·v, o·o, v·v, candidates nearer than v)]
 * @param rivals   the same for other answers: a pair is found only if its answer is nearer than that one
 */
export function measure(
  scores: ArrayLike<number>,
  nTrials: number,
  rule: RuleId,
  [from, to]: readonly [from: number, to: number],
  rivals?: ArrayLike<number>,
): Point {
  const nQueries = scores.length / (ruleIds.length * nTrials * 4);
  const sum = { found: 0, similarity: 0, error: 0 };
  for (let trial = 0; trial < nTrials; trial++) {
    const head = ruleIds.indexOf(rule) * nTrials + trial;
    for (let query = from; query < to; query++) {
      const at = 4 * (head * nQueries + query);
      const [ov, oo, vv, nearer] = [scores[at]!, scores[at + 1]!, scores[at + 2]!, scores[at + 3]!];
      const isThere = ov > vv / 2; // nearer to its value than to nothing
      if (isThere && nearer === 0 && ov > (rivals?.[at] ?? -Infinity) + TIE) sum.found++;
      if (oo > 0) sum.similarity += ov / Math.sqrt(oo * vv);
      sum.error += (oo - 2 * ov + vv) / vv;
    }
  }
  const n = nTrials * (to - from);
  return { found: sum.found / n, similarity: sum.similarity / n, error: sum.error / n };
}

/** Curves of all rules from their points at each x. */
export function curves(points: readonly ((rule: RuleId) => Point)[]): readonly LabCurve[] {
  return ruleIds.map((rule) =>
    curve(
      rule,
      points.map((point) => point(rule)),
    ),
  );
}

export function curve(rule: RuleId, points: readonly Point[], hasWindow = false): LabCurve {
  return {
    rule,
    hasWindow,
    found: points.map(({ found }) => found),
    similarity: points.map(({ similarity }) => similarity),
    error: points.map(({ error }) => error),
  };
}
