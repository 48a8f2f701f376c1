/** The longest context that the family's makers tried YaRN with. */
export const LONGEST_STRETCHED = 1_010_000;

/** The factors that are offered; 4 of 262,144 is past {@link LONGEST_STRETCHED}. */
export const yarnFactors: readonly number[] = [2, 4];

/**
 * Tokens that a model made for `contextLength` holds when it is stretched by `factor`; `null`: when it is
 * not.
 */
export const longestContext = (contextLength: number, factor: number | null): number =>
  Math.max(contextLength, Math.min(LONGEST_STRETCHED, Math.floor(contextLength * (factor ?? 1))));
