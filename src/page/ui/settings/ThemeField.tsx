import { Monitor, Moon, Sun } from "lucide-react";
import { changeSettings, useSettings } from "../../stores/settings/settings";
import { useIsFound } from "../parts/fields/field-search";
import { mark, t } from "../../../language/language";
import styles from "./Settings.module.css";
import visuallyHiddenStyles from "../parts/VisuallyHidden.module.css";

const themes = [
  ["system", mark("As the system"), Monitor],
  ["light", mark("Light"), Sun],
  ["dark", mark("Dark"), Moon],
] as const;

export function ThemeField() {
  const theme = useSettings((s) => s.theme);
  if (!useIsFound(t("Look"), ...themes.map(([, label]) => t(label)))) return null;
  return (
    <fieldset className={styles.themeField} data-field>
      <legend>{t("Look")}</legend>
      <div className={styles.themeChoices}>
        {themes.map(([value, label, Icon]) => (
          <label key={value}>
            <input
              type="radio"
              name="theme"
              className={visuallyHiddenStyles.hidden}
              checked={theme === value}
              onChange={() => changeSettings({ theme: value })}
            />
            <Icon size={16} aria-hidden /> {t(label)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
