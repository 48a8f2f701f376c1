const DAY = 86_400_000;
/** Day 0 of Excel: it counts a 29 February 1900 that never was, so only later days are right. */
const FIRST_DAY = Date.UTC(1899, 11, 30);
const FIRST_RIGHT_DAY = 61;
/** The last day of the year 9999. */
const LAST_DAY = 2_958_465;

/** Says that a format shows days: letters in quotes, brackets or after a backslash are none of it. */
export function isDateFormat(format: string): boolean {
  const code = format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "").split(";")[0] ?? "";
  if (/general|[#?%]/i.test(code)) return false;
  // "m" is the minutes beside hours or seconds.
  return /[dy]/i.test(code) || (/m/i.test(code) && !/[hs0]/i.test(code));
}

/**
 * A number of a chart as a person reads it: a day as 2024-01-31, others without the digits that only the
 * computer's own counting has (8.200000000000001).
 */
export function shownValue(value: string, format: string): string {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return value;
  if (isDateFormat(format) && number >= FIRST_RIGHT_DAY && number <= LAST_DAY) {
    const iso = new Date(FIRST_DAY + Math.round(number * 86_400) * (DAY / 86_400)).toISOString();
    return number % 1 === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
  }
  const short = String(Number(number.toPrecision(15)));
  return short.length < value.length ? short : value;
}
