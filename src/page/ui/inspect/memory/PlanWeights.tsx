import type { QuantizeChoice } from "../../../../ground/quantize-choice";
import { choosePlanQuantize, useInspectMemory } from "../../../stores/inspect/inspect-memory";
import type { QuantizePlan } from "../../../../worker/rpc/protocol/load";
import { QuantizeOptions } from "../../models/plan/QuantizeOptions";
import { rich } from "../../parts/words/rich";
import styles from "../Inspect.module.css";

interface Props {
  plan: QuantizePlan;
}

/** The choices for plain weights, with the whole plan's bytes for each. */
export function PlanWeights({ plan }: Props) {
  const chosen = useInspectMemory((s) => s.quantize);
  return (
    <label className={styles.planPicker}>
      {rich("Weights {select}", {
        select: (
          <select
            value={chosen ?? "auto"}
            onChange={({ target: { value } }) =>
              choosePlanQuantize(value === "auto" ? null : (value as QuantizeChoice))
            }
          >
            <QuantizeOptions plan={plan} chosen={chosen} />
          </select>
        ),
      })}
    </label>
  );
}
