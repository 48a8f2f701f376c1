import { languageFormats, tn, verbatim, type Key, type Sentence } from "../language/language";
import { withUnit } from "../language/units";

// The one way that sizes and counts are written, in the page, in errors and in what scripts print: in the
// language spoken. src/figures.test.ts finds those written by hand.

const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** 1024 → "1,024". */
export const formatCount = (count: number): string => languageFormats().count.format(count);

/**
 * counted(1, "file") → "1 file"; counted(1024, "token") → "1,024 tokens". Other languages have it under
 * "{count} tokens".
 */
export function counted(count: number, one: CountedWord<"s">): Sentence;
export function counted(count: number, one: string, other: CountedWord<"">): Sentence;
export function counted(count: number, one: string, other = `${one}s`): Sentence {
  return tn(count, `{count} ${one}`, `{count} ${other}` as Key);
}

/** The words that every language counts, less their ending. */
type CountedWord<Ending extends string, K = Key> = K extends `{count} ${infer Word}${Ending}` ? Word : never;

/** formatFixed(2.345, 1) → "2.3" */
export const formatFixed = (value: number, digits: number): Sentence =>
  verbatim(languageFormats().fixed(digits).format(value));

/** formatSignificant(0.012345, 3) → "0.0123"; what has too many zeros has an exponent. */
export const formatSignificant = (value: number, digits: number): Sentence =>
  verbatim(
    value !== 0 && Math.abs(value) < 1e-6
      ? value.toExponential(digits - 1)
      : languageFormats().significant(digits).format(value),
  );

/** Decimal units, three figures: 6408576 → "6.41 MB". */
export function formatBytes(bytes: number): Sentence {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 ? Math.round(value) : formatSignificant(value, 3);
  return verbatim(withUnit(digits, units[unit]!));
}

/** A size that someone chose, without zeros behind the point: 8e9 → "8 GB", 1.5e9 → "1.5 GB". */
export const formatRoundBytes = (bytes: number): Sentence =>
  verbatim(
    formatBytes(bytes).replace(
      /([.,]\d*?)0+(\D)/,
      (_, digits: string, space: string) => (digits.length === 1 ? "" : digits) + space,
    ),
  );
