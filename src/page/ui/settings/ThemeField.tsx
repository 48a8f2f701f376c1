import { Monitor, Moon, Sun } from "lucide-react";
import { changeSettings, useSettings } from "../../stores/settings/settings";

const themes = [
  ["system", "As the system", Monitor],
  ["light", "Light", Sun],
  ["dark", "Dark", Moon],
] as const;

export function ThemeField() {
  const theme = useSettings((s) => s.theme);
  return (
    <fieldset className="theme-field">
      <legend>Look</legend>
      <div className="theme-choices">
        {themes.map(([value, label, Icon]) => (
          <label key={value}>
            <input
              type="radio"
              name="theme"
              className="visually-hidden"
              checked={theme === value}
              onChange={() => changeSettings({ theme: value })}
            />
            <Icon size={16} aria-hidden /> {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
