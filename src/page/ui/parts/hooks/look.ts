import { follow, whole } from "../../../stores/follow";
import { useSettings, type ColumnWidth, type Settings } from "../../../stores/settings/settings";

const columns: Readonly<Record<ColumnWidth, string>> = {
  narrow: "38rem",
  usual: "",
  wide: "62rem",
  full: "100vw",
};

/**
 * Keeps the page in the chosen look. `color-scheme` decides what `light-dark()` gives in every stylesheet;
 * the conversation has its width and text size from two properties.
 */
export function applyLook(): void {
  const set = ({ theme, textSize, columnWidth }: Settings) => {
    const { style } = document.documentElement;
    style.colorScheme = theme === "system" ? "" : theme;
    style.setProperty("--conversation-width", columns[columnWidth]);
    style.setProperty("--conversation-text", textSize === 1 ? "" : String(textSize));
  };
  set(useSettings.getState());
  follow(useSettings, whole, set);
}
