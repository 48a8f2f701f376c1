import { useSyncExternalStore } from "react";
import { useSettings } from "../../../stores/settings/settings";

const query = "(prefers-color-scheme: dark)";

function subscribe(changed: () => void): () => void {
  const system = matchMedia(query);
  system.addEventListener("change", changed);
  const unfollow = useSettings.subscribe(changed);
  return () => {
    system.removeEventListener("change", changed);
    unfollow();
  };
}

function isDarkNow(): boolean {
  const { theme } = useSettings.getState();
  return theme === "system" ? matchMedia(query).matches : theme === "dark";
}

/** Says that the page is dark, by its setting or the system's. */
export const useIsDark = () => useSyncExternalStore(subscribe, isDarkNow, () => false);
