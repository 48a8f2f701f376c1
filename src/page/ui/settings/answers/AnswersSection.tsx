import { Plus } from "lucide-react";
import { useState } from "react";
import { t } from "../../../../language/language";
import { useChat } from "../../../stores/chat/chat";
import type { AnswersLayer } from "../../../stores/settings/answer-layers";
import { addPreset } from "../../../stores/settings/edit-presets";
import { useSettings } from "../../../stores/settings/settings";
import { useView } from "../../../stores/view";
import { Button } from "../../parts/buttons/Button";
import { Select } from "../../parts/fields/Input";
import { Section } from "../Section";
import { AnswerFields } from "./AnswerFields";
import { ChatHead } from "./ChatHead";
import { PresetHead } from "./PresetHead";
import { useAnswerFields } from "./use-answer-fields";
import styles from "./Answers.module.css";

/** The settings of answers: of all chats, of a preset, or of the chat that is open. */
export function AnswersSection() {
  const asked = useView(({ dialog }) => (dialog.kind === "settings" ? dialog.layer : undefined));
  const openId = useChat((s) => s.openId);
  const presets = useSettings((s) => s.presets);
  const [chosen, setChosen] = useState<AnswersLayer>(asked ?? { kind: "usual" });
  const preset = chosen.kind === "preset" ? presets.find(({ id }) => id === chosen.id) : undefined;
  // A preset that was deleted, here or in another tab, has no settings to show.
  const layer: AnswersLayer = chosen.kind === "preset" && !preset ? { kind: "usual" } : chosen;
  const fields = useAnswerFields(layer);
  const add = () => setChosen({ kind: "preset", id: addPreset(t("New preset"), {}) });
  return (
    <Section name="answers" title={t("Answers")}>
      <div className={styles.scope}>
        <label className={styles.scopeChoice}>
          <span>{t("Settings for")}</span>
          <Select
            isInline
            value={layer.kind === "preset" ? layer.id : layer.kind}
            onChange={({ target: { value } }) => {
              if (value === "usual") setChosen({ kind: "usual" });
              else if (value === "chat") setChosen({ kind: "chat", id: openId });
              else setChosen({ kind: "preset", id: value });
            }}
          >
            <option value="usual">{t("All chats")}</option>
            <option value="chat">{openId === null ? t("The new chat") : t("This chat")}</option>
            {presets.length > 0 && (
              <optgroup label={t("Presets")}>
                {presets.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </optgroup>
            )}
          </Select>
        </label>
        <Button onClick={add}>
          <Plus size={15} aria-hidden /> {t("New preset")}
        </Button>
      </div>
      {layer.kind === "usual" && (
        <div className={styles.head}>
          <p>{t("For every chat that follows no preset and says nothing else itself.")}</p>
          <Button
            look="quiet"
            onClick={() => fields.resetAll(["systemPrompt"], t("Your settings are the model's own again."))}
          >
            {t("Back to the model's own")}
          </Button>
        </div>
      )}
      {preset && <PresetHead key={preset.id} preset={preset} onChoose={setChosen} />}
      {layer.kind === "chat" && <ChatHead chatId={layer.id} fields={fields} onChoose={setChosen} />}
      <AnswerFields fields={fields} />
    </Section>
  );
}
