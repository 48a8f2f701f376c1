import { Lightbulb } from "lucide-react";
import { withChange } from "../../../../ground/answer-settings";
import { t } from "../../../../language/language";
import { useChat } from "../../../stores/chat/chat";
import { editAnswers, nearestLayer } from "../../../stores/chat/chat-answers";
import { effectiveAnswers } from "../../../stores/settings/answer-layers";
import { Toggle } from "../../parts/buttons/Toggle";
import { useLayers } from "../../parts/hooks/use-answers";

/** The switch for thinking before the answer; shown for models that can. */
export function ThinkingToggle() {
  const openId = useChat((s) => s.openId);
  const { model, ...layers } = useLayers({ kind: "chat", id: openId });
  if (!model?.thinking.supported) return null;
  const isOn = effectiveAnswers({ model, ...layers }).thinking;
  return (
    <Toggle
      isOn={isOn}
      title={t("Let the model think before it answers: slower, and better at hard questions")}
      onClick={() => editAnswers(nearestLayer(openId), (answers) => withChange(answers, { thinking: !isOn }))}
    >
      <Lightbulb size={15} aria-hidden /> {t("Think first")}
    </Toggle>
  );
}
