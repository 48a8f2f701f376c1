import { useEffect } from "react";
import { newChat } from "../../stores/chat/chat";
import { toggleSidebar } from "../../stores/sidebar";
import { openDialog, useView } from "../../stores/view";
import { isInText, isPressed, type ShortcutName } from "../parts/keys/shortcuts";

const focusBox = () => document.getElementById("message")?.focus();

const actions: Partial<Record<ShortcutName, () => void>> = {
  palette: () => openDialog({ kind: "palette" }),
  newChat: () => {
    newChat();
    focusBox();
  },
  sidebar: toggleSidebar,
  messageBox: focusBox,
  help: () => openDialog({ kind: "shortcuts" }),
};

/** Listens for the shortcuts that hold everywhere on the page of chats. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const found = Object.entries(actions).find(([name]) => isPressed(event, name as ShortcutName));
      if (!found) return;
      // A key alone is text where text is written; an open dialog takes keys for itself.
      const isAlone = !event.ctrlKey && !event.metaKey;
      if (isAlone && isInText(event.target)) return;
      if (useView.getState().dialog.kind !== "none" || document.querySelector('[role="menu"]')) return;
      event.preventDefault();
      found[1]();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
