import type { ReactNode } from "react";
import styles from "./Problem.module.css";

/** One sentence on what is wrong, where it is. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <p className={styles.problem} role="alert">
      {children}
    </p>
  );
}
