import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import styles from "./ScrollBox.module.css";

interface Props {
  /** The box's name for a screen reader. */
  label: string;
  children: ReactNode;
}

/**
 * Holds a table that may be wider than its place: it scrolls by itself, with a shadow at an edge behind which
 * there is more. Then the keyboard can scroll it too.
 */
export function ScrollBox({ label, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [isScrollable, setScrollable] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setScrollable(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={box}
      className={styles.box}
      role="group"
      aria-label={label}
      // A box that scrolls has to take the focus, for the arrow keys; others would only be in the way.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={isScrollable ? 0 : undefined}
    >
      {children}
    </div>
  );
}
