import { isEmpty } from "../../../../ground/answer-settings";
import { t } from "../../../../language/language";
import { followPreset } from "../../../stores/chat/follow-preset";
import type { AnswersLayer } from "../../../stores/settings/answer-layers";
import { addPreset } from "../../../stores/settings/edit-presets";
import { presetOf } from "../../../stores/settings/presets";
import { useSettings } from "../../../stores/settings/settings";
import { Button } from "../../parts/buttons/Button";
import { Field } from "../../parts/fields/Field";
import { Select } from "../../parts/fields/Input";
import { useChatAnswers, useLayers } from "../../parts/hooks/use-answers";
import styles from "./Answers.module.css";
import type { AnswerFieldsOf } from "./use-answer-fields";

interface Props {
  chatId: string | null;
  fields: AnswerFieldsOf;
  onChoose: (layer: AnswersLayer) => void;
}

/** The preset that a chat follows, and what can be done with the chat's own settings. */
export function ChatHead({ chatId, fields, onChoose }: Props) {
  const presets = useSettings((s) => s.presets);
  const { preset, answers = {} } = useChatAnswers(chatId);
  const { preset: below } = useLayers({ kind: "chat", id: chatId });
  const isDeleted = Boolean(preset && !presetOf(preset.id));
  const keep = () => {
    const sampling = { ...below.sampling, ...answers.sampling };
    const all = { ...below, ...answers, ...(Object.keys(sampling).length > 0 && { sampling }) };
    const id = addPreset(t("New preset"), all, preset && presetOf(preset.id)?.model);
    followPreset(chatId, presetOf(id)!);
    fields.edit(() => ({})); // the preset says it all
    onChoose({ kind: "preset", id });
  };
  return (
    <>
      <Field
        label={t("Preset of the chat")}
        hint={t("What you change below is this chat's own, and goes before its preset.")}
      >
        {(id, hintId) => (
          <Select
            id={id}
            aria-describedby={hintId}
            value={preset?.id ?? ""}
            onChange={({ target }) => followPreset(chatId, presetOf(target.value) ?? null)}
          >
            <option value="">{t("None: your usual settings")}</option>
            {isDeleted && (
              <option value={preset!.id}>
                {t("{name} (deleted: your usual settings)", { name: preset!.name })}
              </option>
            )}
            {presets.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className={styles.actions}>
        <Button onClick={keep}>{t("Keep as a preset")}</Button>
        <Button
          look="quiet"
          disabled={isEmpty(answers)}
          onClick={() => fields.resetAll([], t("The chat's own settings are reset."))}
        >
          {t("Reset all of this chat's own")}
        </Button>
      </div>
    </>
  );
}
