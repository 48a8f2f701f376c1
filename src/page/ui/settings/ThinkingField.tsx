import { useEngine } from "../../stores/models/engine";
import { changeSettings, effectiveThinking, useSettings } from "../../stores/settings/settings";
import { Switch } from "../parts/buttons/Switch";

export function ThinkingField() {
  const description = useEngine((s) => (s.status.phase === "ready" ? s.status.loaded.description : null));
  const isOn = useSettings((s) => description !== null && effectiveThinking(s, description));
  const isSupported = description?.thinking.supported ?? false;
  return (
    <Switch
      label="Think first"
      hint={
        description === null || isSupported
          ? "The model works the question out before it answers. Slower, and better at hard questions."
          : "The loaded model can not think first."
      }
      isOn={isOn}
      isDisabled={!isSupported}
      onChange={(thinking) => changeSettings({ thinking })}
    />
  );
}
