import { useRef } from "react";

/**
 * Handlers for a Radix dialog that the page opens without a Radix trigger: when it closes, the focus goes
 * back to where it was or, if that is gone, to the message box. It stays with what took it meanwhile, such as
 * the box for a name that a command of the palette opens.
 */
export function useReturnFocus() {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (document.activeElement !== document.body) return;
      const element = opener.current;
      const isThere = element instanceof HTMLElement && element.isConnected && element !== document.body;
      (isThere ? element : document.getElementById("message"))?.focus();
    },
  };
}
