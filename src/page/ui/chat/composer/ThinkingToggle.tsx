import { Lightbulb } from "lucide-react";
import { useEngine } from "../../../stores/models/engine";
import { changeSettings, effectiveThinking, useSettings } from "../../../stores/settings/settings";
import { Toggle } from "../../parts/buttons/Toggle";
import { t } from "../../../../language/language";

/** The switch for thinking before the answer; shown for models that can. */
export function ThinkingToggle() {
  const description = useEngine((s) => (s.status.phase === "ready" ? s.status.loaded.description : null));
  const isOn = useSettings((s) => description !== null && effectiveThinking(s, description));
  if (!description?.thinking.supported) return null;
  return (
    <Toggle
      isOn={isOn}
      title={t("Let the model think before it answers: slower, and better at hard questions")}
      onClick={() => changeSettings({ thinking: !isOn })}
    >
      <Lightbulb size={15} aria-hidden /> {t("Think first")}
    </Toggle>
  );
}
