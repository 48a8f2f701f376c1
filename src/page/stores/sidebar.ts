import { changeSettings, useSettings } from "./settings/settings";
import { setSidebarOpen, useView } from "./view";

/** From this width on the list of chats stands beside the chat; below, it comes over it when asked for. */
export const wideWindow = "(min-width: 56rem)";

/** Shows or hides the list of chats; beside the chat it stays so until the next visit and longer. */
export function toggleSidebar(): void {
  if (matchMedia(wideWindow).matches)
    changeSettings({ isSidebarFolded: !useSettings.getState().isSidebarFolded });
  else setSidebarOpen(!useView.getState().isSidebarOpen);
}
