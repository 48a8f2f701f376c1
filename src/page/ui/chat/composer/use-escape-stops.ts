import { useEffect } from "react";
import { stop } from "../../../stores/chat/answer";
import { isComposed } from "../../parts/hooks/composed-keys";
import { focusMessageBox } from "../../parts/hooks/focus-message-box";

// Elements that Escape closes by itself, also while they fade out; a popover stays in the page when it is
// closed.
const closable =
  ':is([role="dialog"], [role="alertdialog"], [role="menu"]):not([popover]:not(:popover-open))';

/**
 * While an answer is under way, Escape ends it from anywhere on the page, unless something nearer to the
 * focus takes the key.
 */
export function useEscapeStops(isAnswering: boolean): void {
  useEffect(() => {
    if (!isAnswering) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isComposed(event)) return;
      if (document.querySelector(closable)) return;
      // The button to stop goes away; who reads somewhere else stays there.
      if (document.activeElement?.closest("[data-composer]")) focusMessageBox(event);
      stop();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [isAnswering]);
}
