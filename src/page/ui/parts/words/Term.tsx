import { Tooltip } from "radix-ui";
import { useState, type ReactNode } from "react";
import { t } from "../../../../language/language";
import { glossary, type TermName } from "./glossary";
import styles from "./Term.module.css";

interface Props {
  name: TermName;
  /** The term as it stands here, where that is not its name. */
  children?: ReactNode;
}

/** A term of art whose meaning is shown under a pointer, with the keyboard's focus, and by a touch. */
export function Term({ name, children = t(name) }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Tooltip.Provider delayDuration={250}>
      <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
        <Tooltip.Trigger asChild>
          <button
            type="button"
            className={styles.term}
            // Radix closes a tooltip that is pressed. A touch knows no other way to open it.
            onPointerDown={(event) => event.preventDefault()}
            // Radix closes at a scroll too, and the focus may scroll here: it opens after that.
            onFocus={(event) => {
              event.preventDefault();
              const term = event.currentTarget;
              requestAnimationFrame(() => setOpen(document.activeElement === term));
            }}
            onClick={(event) => {
              event.preventDefault();
              setOpen(true);
            }}
          >
            {children}
          </button>
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className={styles.meaning} sideOffset={4} collisionPadding={8}>
            {t(glossary[name])}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
