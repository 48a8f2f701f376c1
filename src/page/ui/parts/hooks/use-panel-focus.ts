import { useEffect, type RefObject } from "react";

/**
 * Gives a panel the focus when it opens. When it closes with the focus in it, the focus goes back to where it
 * was: to the button that opened the panel, most times.
 */
export function usePanelFocus(panel: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      const isLost = document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [panel]);
}
