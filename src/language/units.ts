/** The space between a figure and its unit: no line breaks there. */
export const unitSpace = "\u00a0";

const units = "[kMGT]?B(?:/s)?|[kMGT]?FLOPS?|m?s|µs|min|h|%|tokens?/s|秒|分钟|小时|天";
const breakable = new RegExp(`(?<=[\\d}]) (?=(?:${units})(?![\\p{L}\\p{N}]))`, "gu");
const held = new Map<string, string>();

/**
 * A sentence in which no figure and no placeholder is parted from its unit, by the end of a line for
 * instance. Its values are not looked at: they may be names of files.
 */
export function keepUnits(sentence: string): string {
  let found = held.get(sentence);
  if (found === undefined) held.set(sentence, (found = sentence.replace(breakable, unitSpace)));
  return found;
}

/** withUnit("6.41", "MB") → "6.41 MB", on one line */
export const withUnit = (figure: string | number, unit: string): string => `${figure}${unitSpace}${unit}`;
