/** One question of the needle test. */
export interface Asked {
  readonly nTokens: number;
  readonly depth: number;
  /** By how it was asked, such as "f16" or "q8, restored"; the first is what the others are held against. */
  readonly isRight: Readonly<Record<string, boolean>>;
}

/**
 * A length counts where the baseline answers this share right; the other ways may lose so many points there.
 */
const GOOD_SHARE = 0.8;
const MOST_LOST_POINTS = 1;

export interface Verdict {
  readonly way: string;
  /** Questions at the lengths where the baseline is good. */
  readonly nQuestions: number;
  /** Percentage points; negative when the way is better than the baseline. */
  readonly lostPoints: number;
  readonly isHeld: boolean;
}

export const shareRight = (asked: readonly Asked[], way: string): number =>
  asked.filter((one) => one.isRight[way]).length / asked.length;

/**
 * Each other way against the baseline, over all questions at the lengths where the baseline answers four in
 * five.
 */
export function verdicts(
  asked: readonly Asked[],
  baseline: string,
  ways: readonly string[],
): readonly Verdict[] {
  const lengths = [...new Set(asked.map((one) => one.nTokens))].filter(
    (length) =>
      shareRight(
        asked.filter((one) => one.nTokens === length),
        baseline,
      ) >= GOOD_SHARE,
  );
  const held = asked.filter((one) => lengths.includes(one.nTokens));
  return ways
    .filter((way) => way !== baseline)
    .map((way) => {
      const lostPoints = held.length === 0 ? 0 : 100 * (shareRight(held, baseline) - shareRight(held, way));
      return { way, nQuestions: held.length, lostPoints, isHeld: lostPoints <= MOST_LOST_POINTS };
    });
}

/**
 * A Markdown table: a row for each length, its accuracy by depth in the baseline, then in every way over all
 * depths.
 */
export function needleTable(asked: readonly Asked[], ways: readonly string[], trainedTokens: number): string {
  const distinct = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
  const [lengths, depths] = [distinct(asked.map((a) => a.nTokens)), distinct(asked.map((a) => a.depth))];
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const header = ["Tokens", "Questions", ...depths.map((depth) => `at ${percent(depth)}`), ...ways];
  const rows = lengths.map((length) => {
    const at = asked.filter((one) => one.nTokens === length);
    const beyond = length > trainedTokens ? " (beyond training)" : "";
    return [
      `${length.toLocaleString("en")}${beyond}`,
      String(at.length),
      ...depths.map((depth) =>
        percent(
          shareRight(
            at.filter((one) => one.depth === depth),
            ways[0]!,
          ),
        ),
      ),
      ...ways.map((way) => percent(shareRight(at, way))),
    ];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
