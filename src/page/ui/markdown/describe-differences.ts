import type { Difference } from "../../../ground/document";
import { t } from "../../../language/language";

/** More of them are counted only: the passage itself is a click away. */
const MOST_SHOWN = 3;

/** True for a quotation that says something else than its passage: other numbers, a "not", another name. */
export const changesMeaning = (differences: readonly Difference[]): boolean =>
  differences.some(({ kind }) => kind !== "words");

/** A sentence's end on how a quotation differs, what changes its meaning first. */
export function describeDifferences(differences: readonly Difference[]): string {
  if (differences.length === 0) return "nearly";
  const weighty = differences.filter(({ kind }) => kind !== "words");
  const sorted = [...weighty, ...differences.filter(({ kind }) => kind === "words")];
  const shown = sorted.slice(0, MOST_SHOWN).map(describe).join("; ");
  const more = sorted.length - MOST_SHOWN;
  const rest = more > 0 ? t("; and {more} more", { more }) : "";
  return `${weighty.length > 0 ? "differs" : "nearly"}: ${shown}${rest}`;
}

function describe({ quoted, original }: Difference): string {
  if (original === "") return t("“{quoted}” is not in the document", { quoted });
  return quoted === ""
    ? t("the document has “{original}” too", { original })
    : t("the document has “{original}” for “{quoted}”", { original, quoted });
}
