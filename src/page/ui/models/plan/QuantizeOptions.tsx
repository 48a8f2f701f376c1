import type { QuantizeChoice } from "../../../../ground/quantize-choice";
import type { QuantizePlan } from "../../../../worker/rpc/protocol/load";
import { formatBytes } from "../../parts/words/format";
import { t } from "../../../../language/language";

interface Props {
  plan: QuantizePlan;
  /** `null`: automatic. */
  chosen: QuantizeChoice | null;
}

/** The choices for plain weights, in words. `plainType`: the type they are stored in, e.g. "BF16". */
const quantizeLabels = (plainType: string): Readonly<Record<QuantizeChoice, string>> => ({
  q4: t("4-bit mix"),
  q8: t("8-bit"),
  none: t("{bits}-bit, as stored", { bits: plainType === "F32" ? 32 : 16 }),
});

/** The options of a select for what plain weights become, with the whole plan's bytes for each. */
export function QuantizeOptions({ plan: { choice, choices, plainType }, chosen }: Props) {
  const labels = quantizeLabels(plainType);
  return (
    <>
      <option value="auto">
        {t("Automatic{chosen}", { chosen: chosen === null && ` (${labels[choice]})` })}
      </option>
      {choices.toReversed().map(({ choice: each, totalBytes }) => (
        <option key={each} value={each}>
          {t("{label}, {totalBytes} in all", { label: labels[each], totalBytes: formatBytes(totalBytes) })}
        </option>
      ))}
    </>
  );
}
