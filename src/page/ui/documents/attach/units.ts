import type { DocumentUnit } from "../../../../ground/document";
import { counted, formatCount } from "../../parts/words/format";
import { t, type Sentence } from "../../../../language/language";

/** "300 pages", "1 line". */
export function describeUnits({
  unit,
  nUnits,
}: {
  readonly unit: DocumentUnit;
  readonly nUnits: number;
}): Sentence {
  return unit === "page" ? counted(nUnits, "page") : counted(nUnits, "line");
}

/**
 * The first and last part of each stretch that takes at most `most` tokens; a part that is longer is alone.
 */
export function stretchesOf(
  perPart: readonly number[],
  most: number,
): readonly (readonly [number, number])[] {
  const stretches: (readonly [number, number])[] = [];
  let first = 0;
  let sum = 0;
  for (const [at, tokens] of perPart.entries()) {
    if (at > first && sum + tokens > most) {
      stretches.push([first, at - 1]);
      first = at;
      sum = 0;
    }
    sum += tokens;
  }
  stretches.push([first, perPart.length - 1]);
  return stretches;
}

interface Parts {
  readonly unit: DocumentUnit;
  readonly nUnits: number;
  readonly nCharacters: number;
  readonly starts: readonly number[];
  readonly numbers: readonly number[];
}

/** Parts `first` to `last` as a range of the text, with a name: "pages 3–7". */
export function rangeOf({ unit, nUnits, nCharacters, starts, numbers }: Parts, first: number, last: number) {
  const from = numbers[first]!;
  const to = last + 1 < numbers.length ? Math.max(from, numbers[last + 1]! - 1) : nUnits;
  const label = rangeName(unit, from, to);
  return { start: starts[first]!, end: starts[last + 1] ?? nCharacters, label };
}

function rangeName(unit: DocumentUnit, from: number, to: number): Sentence {
  const numbers = { from: formatCount(from), to: formatCount(to) };
  if (from === to)
    return unit === "page"
      ? t("page {from}", { from: numbers.from })
      : t("line {from}", { from: numbers.from });
  return unit === "page" ? t("pages {from}–{to}", numbers) : t("lines {from}–{to}", numbers);
}
