import { largestSeed, withSampling } from "../../../../ground/answer-settings";
import { t } from "../../../../language/language";
import { Field } from "../../parts/fields/Field";
import { TextInput } from "../../parts/fields/Input";
import type { AnswerFieldsOf } from "./use-answer-fields";

export function SeedField({ fields: { layer, loaded, originOf, edit } }: { fields: AnswerFieldsOf }) {
  const { seed } = loaded!.effective.sampling;
  return (
    <Field
      label={t("Seed")}
      hint={t(
        "Leave it empty for a new answer every time. The same number gives the same answer to the same chat.",
      )}
      origin={originOf("seed")}
    >
      {(id, hintId) => (
        <TextInput
          id={id}
          type="number"
          inputMode="numeric"
          min={0}
          max={largestSeed}
          step={1}
          placeholder={t("A new one for every answer")}
          aria-describedby={hintId}
          value={seed ?? ""}
          onChange={({ target }) => {
            const value = target.valueAsNumber;
            // An empty box is a chat's own word against a preset's seed; below, it is no word at all.
            const none = layer.kind === "chat" ? null : undefined;
            const chosen = Number.isNaN(value) ? none : Math.min(largestSeed, Math.max(0, Math.trunc(value)));
            edit((answers) => withSampling(answers, "seed", chosen));
          }}
        />
      )}
    </Field>
  );
}
