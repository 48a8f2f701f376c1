import { follow } from "../../../stores/follow";
import { useSettings, type Theme } from "../../../stores/settings/settings";

/**
 * Keeps the page in the chosen theme: `color-scheme` decides what `light-dark()` gives in every stylesheet.
 */
export function applyTheme(): void {
  const set = (theme: Theme) => {
    document.documentElement.style.colorScheme = theme === "system" ? "" : theme;
  };
  set(useSettings.getState().theme);
  follow(useSettings, ({ theme }) => theme, set);
}
