import type { ComponentProps } from "react";
import styles from "./Hint.module.css";

/** Says what a field is for. */
export function Hint(props: Omit<ComponentProps<"p">, "className">) {
  return <p className={styles.hint} {...props} />;
}
