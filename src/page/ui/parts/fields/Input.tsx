import type { ComponentProps } from "react";
import styles from "./Input.module.css";

interface SelectProps extends Omit<ComponentProps<"select">, "className"> {
  /** Stands in a line of text, as wide as what it says. */
  isInline?: boolean;
}

export function TextInput({ className = "", ...rest }: ComponentProps<"input">) {
  return <input className={`${styles.input} ${className}`} {...rest} />;
}

export function TextArea(props: Omit<ComponentProps<"textarea">, "className">) {
  return <textarea className={styles.input} {...props} />;
}

export function Select({ isInline = false, ...rest }: SelectProps) {
  return <select className={styles.input} data-inline={isInline || undefined} {...rest} />;
}
