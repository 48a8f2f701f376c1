import type { QuantizeChoice } from "../../../../ground/quantize-choice";
import { chooseQuantize } from "../../../stores/models/plans";
import { useSettings } from "../../../stores/settings/settings";
import type { ModelId } from "../../../../worker/rpc/protocol/model";
import type { QuantizePlan } from "../../../../worker/rpc/protocol/load";
import { Field } from "../../parts/fields/Field";
import { QuantizeOptions } from "./QuantizeOptions";
import { Select } from "../../parts/fields/Input";
import { t } from "../../../../language/language";

interface Props {
  modelId: ModelId;
  plan: QuantizePlan;
}

/** The choice of how exact plain weights are kept, with the memory that each takes. */
export function QuantizeField({ modelId, plan }: Props) {
  const chosen = useSettings((s) => s.quantize[modelId] ?? null);
  return (
    <Field
      label={t("Weights")}
      hint={t(
        "How exact the model's numbers are kept. 8-bit is not to be told from 16-bit in use; the 4-bit mix takes about half of that, answers faster, and is a little less exact. The stored files stay as they are.",
      )}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={chosen ?? "auto"}
          onChange={({ target }) =>
            chooseQuantize(target.value === "auto" ? null : (target.value as QuantizeChoice), modelId)
          }
        >
          <QuantizeOptions plan={plan} chosen={chosen} />
        </Select>
      )}
    </Field>
  );
}
