import { t } from "../../../../language/language";

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

export type ReadNumber =
  | { readonly kind: "number"; readonly value: number }
  /** Nothing is typed yet. */
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly problem: string };

/** Reads a number as it is typed: of a range, and whole where its steps are. */
export function readNumber(typed: string, { min, max, step }: Range): ReadNumber {
  if (typed.trim() === "") return { kind: "none" };
  const value = Number(typed);
  const mustBeWhole = Number.isInteger(step);
  if (value >= min && value <= max && (!mustBeWhole || Number.isInteger(value)))
    return { kind: "number", value };
  const problem = mustBeWhole
    ? t("A whole number from {min} to {max}.", { min, max })
    : t("A number from {min} to {max}.", { min, max });
  return { kind: "refused", problem };
}
