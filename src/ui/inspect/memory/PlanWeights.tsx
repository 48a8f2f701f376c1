import { choosePlanQuantize, useInspectMemory } from "../../../stores/inspect-memory";
import type { QuantizeChoice, QuantizePlan } from "../../../worker/protocol";
import { formatBytes } from "../../format";
import { quantizeLabels } from "../../quantize-labels";

interface Props {
  plan: QuantizePlan;
}

/** What plain weights would become, with the whole plan's bytes for each choice. */
export function PlanWeights({ plan: { choice, choices, plainType } }: Props) {
  const chosen = useInspectMemory((s) => s.quantize);
  const labels = quantizeLabels(plainType);
  return (
    <label className="plan-picker">
      Weights{" "}
      <select
        value={chosen ?? "auto"}
        onChange={({ target: { value } }) =>
          choosePlanQuantize(value === "auto" ? null : (value as QuantizeChoice))
        }
      >
        <option value="auto">Automatic{chosen === null && ` (${labels[choice]})`}</option>
        {choices.toReversed().map(({ choice: each, totalBytes }) => (
          <option key={each} value={each}>
            {labels[each]}, {formatBytes(totalBytes)} in all
          </option>
        ))}
      </select>
    </label>
  );
}
