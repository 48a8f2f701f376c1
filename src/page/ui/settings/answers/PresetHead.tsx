import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import { t } from "../../../../language/language";
import { useChat } from "../../../stores/chat/chat";
import { useModels } from "../../../stores/models/models";
import type { AnswersLayer } from "../../../stores/settings/answer-layers";
import { deletePreset, duplicatePreset } from "../../../stores/settings/edit-presets";
import { changePreset } from "../../../stores/settings/presets";
import { changeSettings, useSettings, type Preset } from "../../../stores/settings/settings";
import { followPreset } from "../../../stores/chat/follow-preset";
import { Button } from "../../parts/buttons/Button";
import { Switch } from "../../parts/buttons/Switch";
import { Field } from "../../parts/fields/Field";
import { Select, TextInput } from "../../parts/fields/Input";
import styles from "./Answers.module.css";

interface Props {
  preset: Preset;
  onChoose: (layer: AnswersLayer) => void;
}

/** The name of a preset, the model it is for, and what can be done with it. */
export function PresetHead({ preset, onChoose }: Props) {
  const { id, name, model } = preset;
  // A name that is being typed may be empty; one that is stored may not.
  const [typed, setTyped] = useState<string | null>(null);
  const openId = useChat((s) => s.openId);
  const models = useModels((s) => s.models);
  const isForNew = useSettings((s) => s.newChatPreset === id);
  const isStored = model === null || models.some((one) => one.id === model.id);
  return (
    <>
      <Field
        label={t("Name of the preset")}
        hint={t("Shown beside the message box of a chat that follows it.")}
      >
        {(fieldId, hintId) => (
          <TextInput
            id={fieldId}
            aria-describedby={hintId}
            dir="auto"
            autoComplete="off"
            maxLength={80}
            value={typed ?? name}
            onChange={({ target }) => {
              setTyped(target.value);
              if (target.value.trim() !== "") changePreset(id, (one) => ({ ...one, name: target.value }));
            }}
            onBlur={() => setTyped(null)}
          />
        )}
      </Field>
      <Field label={t("Model of the preset")} hint={t("Choosing the preset in a chat loads this model.")}>
        {(fieldId, hintId) => (
          <Select
            id={fieldId}
            aria-describedby={hintId}
            value={model?.id ?? ""}
            onChange={({ target }) => {
              const found = models.find((one) => one.id === target.value);
              changePreset(id, (one) => ({
                ...one,
                model: found ? { id: found.id, name: found.name } : null,
              }));
            }}
          >
            <option value="">{t("Whichever is loaded")}</option>
            {!isStored && (
              <option value={model.id}>{t("{name} (not stored here)", { name: model.name })}</option>
            )}
            {models.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Switch
        label={t("Begin new chats with it")}
        hint={t("A chat that has begun keeps what it follows.")}
        isOn={isForNew}
        onChange={(isOn) => changeSettings({ newChatPreset: isOn ? id : null })}
      />
      <div className={styles.actions}>
        <Button look="solid" onClick={() => followPreset(openId, preset)}>
          {openId === null ? t("Use in the new chat") : t("Use in this chat")}
        </Button>
        <Button onClick={() => onChoose({ kind: "preset", id: duplicatePreset(preset) })}>
          <Copy size={15} aria-hidden /> {t("Duplicate")}
        </Button>
        <Button
          onClick={() => {
            deletePreset(preset);
            onChoose({ kind: "usual" });
          }}
        >
          <Trash2 size={15} aria-hidden /> {t("Delete")}
        </Button>
      </div>
    </>
  );
}
