import { useEngine } from "../../stores/models/engine";
import { chooseMemoryBudget } from "../../stores/models/plans";
import { memoryBudgets, useSettings } from "../../stores/settings/settings";
import type { ModelId } from "../../../worker/rpc/protocol/model";
import { formatBytes, formatRoundBytes } from "../parts/words/format";
import { Field } from "../parts/fields/Field";
import { Select } from "../parts/fields/Input";
import { t } from "../../../language/language";

interface Props {
  /** The model that is planned anew; `null` when none is there. */
  modelId: ModelId | null;
}

export function MemoryBudgetField({ modelId }: Props) {
  const chosen = useSettings((s) => s.memoryBudget);
  const device = useEngine((s) => s.device);
  const automatic = chosen === null && device ? ` (${formatBytes(device.budgetBytes)})` : "";
  return (
    <Field
      label={t("GPU memory for models")}
      hint={t(
        "Browsers do not tell how much memory the graphics card has, so half of this machine's is assumed. Say here what yours can give; a larger model or context then loads by itself.",
      )}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={chosen ?? "auto"}
          onChange={({ target }) => {
            const bytes = memoryBudgets.find((budget) => String(budget) === target.value);
            void chooseMemoryBudget(bytes ?? null, modelId);
          }}
        >
          <option value="auto">{t("Automatic{automatic}", { automatic })}</option>
          {memoryBudgets.map((bytes) => (
            <option key={bytes} value={bytes}>
              {formatRoundBytes(bytes)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
