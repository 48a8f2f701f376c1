import { largestSeed, withSampling } from "../../../../ground/answer-settings";
import { t } from "../../../../language/language";
import { Field } from "../../parts/fields/Field";
import { TextInput } from "../../parts/fields/Input";
import { useTypedNumber } from "../../parts/fields/use-typed-number";
import { Problem } from "../../parts/notices/Problem";
import type { AnswerFieldsOf } from "./use-answer-fields";

export function SeedField({ fields: { layer, loaded, originOf, edit } }: { fields: AnswerFieldsOf }) {
  const change = (seed: number | null | undefined) => edit((answers) => withSampling(answers, "seed", seed));
  const { box, problem } = useTypedNumber({
    value: loaded!.effective.sampling.seed,
    min: 0,
    max: largestSeed,
    step: 1,
    onChange: change,
    // An empty box is a chat's own word against a preset's seed; below, it is no word at all.
    onEmpty: () => change(layer.kind === "chat" ? null : undefined),
  });
  return (
    <Field
      label={t("Seed")}
      hint={t(
        "Leave it empty for a new answer every time. The same number gives the same answer to the same chat.",
      )}
      origin={originOf("seed")}
    >
      {(id, hintId) => (
        <>
          <TextInput
            id={id}
            inputMode="numeric"
            placeholder={t("A new one for every answer")}
            aria-describedby={hintId}
            {...box}
          />
          {problem !== null && <Problem>{problem}</Problem>}
        </>
      )}
    </Field>
  );
}
