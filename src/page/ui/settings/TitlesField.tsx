import { changeSettings, useSettings } from "../../stores/settings/settings";
import { Switch } from "../parts/buttons/Switch";
import { t } from "../../../language/language";

export function TitlesField() {
  const isOn = useSettings((s) => s.titlesByModel);
  return (
    <Switch
      label={t("Name chats")}
      hint={t(
        "The model names a chat after its first answer, while nothing else is asked of it. The demo model names none.",
      )}
      isOn={isOn}
      onChange={(titlesByModel) => changeSettings({ titlesByModel })}
    />
  );
}
