import { withChange } from "../../../../ground/answer-settings";
import { t } from "../../../../language/language";
import { counted, formatCount } from "../../parts/words/format";
import { Switch } from "../../parts/buttons/Switch";
import { Field } from "../../parts/fields/Field";
import { Hint } from "../../parts/fields/Hint";
import { Select } from "../../parts/fields/Input";
import { EffortField } from "./EffortField";
import { SamplingSliders } from "./SamplingSliders";
import { SeedField } from "./SeedField";
import { SystemPromptField } from "./SystemPromptField";
import type { AnswerFieldsOf } from "./use-answer-fields";

interface Props {
  fields: AnswerFieldsOf;
}

/** All settings of answers, as one layer has them. */
export function AnswerFields({ fields }: Props) {
  return (
    <>
      <SystemPromptField key={JSON.stringify(fields.layer)} fields={fields} />
      {fields.loaded ? (
        <>
          <ThinkingField fields={fields} />
          <EffortField fields={fields} />
          <KeepThoughtsField fields={fields} />
          <SamplingSliders fields={fields} />
          <SeedField fields={fields} />
          <LengthField fields={fields} />
        </>
      ) : (
        <Hint>{t("Load a model to see and change how it chooses its words.")}</Hint>
      )}
    </>
  );
}

function ThinkingField({ fields: { loaded, originOf, edit } }: Props) {
  const isSupported = loaded!.model.thinking.supported;
  return (
    <Switch
      label={t("Think first")}
      hint={
        isSupported
          ? t("The model works the question out before it answers. Slower, and better at hard questions.")
          : t("The loaded model can not think first.")
      }
      isOn={loaded!.effective.thinking}
      isDisabled={!isSupported}
      origin={isSupported ? originOf("thinking") : undefined}
      onChange={(thinking) => edit((answers) => withChange(answers, { thinking }))}
    />
  );
}

function KeepThoughtsField({ fields: { loaded, originOf, edit } }: Props) {
  const { model, effective } = loaded!;
  const byDefault = model.modes.keepsThoughts;
  if (byDefault === null) return null;
  return (
    <Switch
      label={t("Keep earlier thoughts")}
      hint={t(
        "The model goes on reading what it thought before earlier answers. It can build on that, and it takes room in the context.",
      )}
      isOn={effective.keepsThoughts ?? byDefault}
      origin={originOf("keepsThoughts")}
      onChange={(keepsThoughts) => edit((answers) => withChange(answers, { keepsThoughts }))}
    />
  );
}

const lengths = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768];

function LengthField({ fields: { loaded, originOf, edit } }: Props) {
  const limit = loaded!.effective.maxNewTokens;
  const value = limit ?? "none";
  const isListed = limit === null || lengths.includes(limit);
  return (
    <Field
      label={t("Longest answer")}
      hint={t("An answer ends after this many new tokens, thoughts included.")}
      origin={originOf("maxNewTokens")}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={value}
          onChange={({ target }) =>
            edit((answers) =>
              withChange(answers, { maxNewTokens: target.value === "none" ? "none" : Number(target.value) }),
            )
          }
        >
          <option value="none">{t("Until it is done, or the context is full")}</option>
          {!isListed && <option value={limit}>{formatCount(limit)}</option>}
          {lengths.map((length) => (
            <option key={length} value={length}>
              {counted(length, "token")}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
