import type { ReactNode } from "react";
import styles from "./Inspect.module.css";

interface Props {
  /** The box's name for a screen reader. */
  label: string;
  children: ReactNode;
}

/** Holds a table that may be wider than the panel; the keyboard can scroll it too. */
export function ScrollBox({ label, children }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- axe: a box that scrolls takes focus
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
