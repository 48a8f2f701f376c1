import type { NumbersCheck } from "../../../../worker/rpc/protocol/load";
import { formatCount } from "../../../../ground/figures";
import { partName } from "../../../../ground/part-name";
import { t } from "../../../../language/language";

/** The check of the kernels' numbers in a sentence. */
export function describeCheck({ difference, nTokens, isRemembered, replaced }: NumbersCheck): string {
  const found = { tokens: formatCount(nTokens), difference: difference.toExponential(1) };
  if (replaced !== null)
    return t(
      "The tuned kernels were wrong (first after: {replaced}), so the plain ones run: slower, and right to {difference}.",
      { replaced: partName(replaced), difference: found.difference },
    );
  if (isRemembered) return t("right in an earlier visit, to {difference} over {tokens} tokens", found);
  return t("right, to {difference} over {tokens} tokens", found);
}
