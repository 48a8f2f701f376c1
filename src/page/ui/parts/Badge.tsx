import type { ReactNode } from "react";
import styles from "./Badge.module.css";

/** A word or two that point something out, after its name. */
export function Badge({ children }: { children: ReactNode }) {
  return <em className={styles.badge}>{children}</em>;
}
