import { withChange } from "../../../../ground/answer-settings";
import { efforts } from "../../../../ground/prompt-mode";
import { t } from "../../../../language/language";
import { Field } from "../../parts/fields/Field";
import { Select } from "../../parts/fields/Input";
import { effortNames } from "../../parts/words/effort-names";
import type { AnswerFieldsOf } from "./use-answer-fields";

/** The effort of thinking, where the model's template knows levels of it. */
export function EffortField({ fields: { loaded, originOf, edit } }: { fields: AnswerFieldsOf }) {
  const { model, effective } = loaded!;
  const { efforts: known, usualEffort } = model.modes;
  if (known.length === 0) return null;
  const chosen = effective.effort ?? usualEffort;
  return (
    <Field
      label={t("Reasoning effort")}
      hint={t("How long the model thinks before it answers, where it thinks at all.")}
      origin={originOf("effort")}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          disabled={!effective.thinking}
          value={chosen ?? ""}
          onChange={({ target }) => {
            const effort = efforts.find((one) => one === target.value);
            edit((answers) => withChange(answers, { effort }));
          }}
        >
          {chosen === null && <option value="">{t("The model's own")}</option>}
          {known.map((effort) => (
            <option key={effort} value={effort}>
              {t(effortNames[effort])}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
