import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useDeferredValue, type ReactNode } from "react";
import { IconButton } from "./buttons/IconButton";
import { useReturnFocus } from "./hooks/use-return-focus";
import { t } from "../../../language/language";
import styles from "./Sheet.module.css";

interface Props {
  title: string;
  /** One sentence on what the dialog is for. */
  description: string;
  isOpen: boolean;
  /** There is nothing in it but text: that takes the focus, and scrolls by the arrow keys. */
  isText?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog in the middle of the window; on a phone, over all of it. */
export function Sheet({ title, description, isOpen, isText = false, onClose, children }: Props) {
  const focus = useReturnFocus();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        {/* Not Radix's own, which locks the page's scrolling and has all of it styled again: the page itself
            does not scroll. */}
        <div className={styles.scrim} />
        <Dialog.Content className={styles.sheet} onPointerDownOutside={stayForNotices} {...focus}>
          <header className={styles.header}>
            <div>
              <Dialog.Title className={styles.title}>{title}</Dialog.Title>
              <Dialog.Description className={styles.description}>{description}</Dialog.Description>
            </div>
            <Dialog.Close asChild>
              <IconButton label={t("Close")} icon={X} />
            </Dialog.Close>
          </header>
          <div className={styles.body} {...(isText && { tabIndex: 0, role: "region", "aria-label": title })}>
            <Deferred>{children}</Deferred>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A notice beside the dialog is pressed without closing it; by the time this is asked, it may have gone. */
function stayForNotices(event: Event) {
  if (event.target instanceof Element && event.target.closest("[data-notice]")) event.preventDefault();
}

/**
 * Rendered after the frame around it, in slices: all fields of the settings at once kept the page for 61 to
 * 69 ms of CPU on the click (Chromium 156, 2-core cloud machine).
 */
function Deferred({ children }: Pick<Props, "children">) {
  return useDeferredValue(true, false) && children;
}
