import type { ComponentProps } from "react";
import styles from "./Button.module.css";

interface Props extends ComponentProps<"button"> {
  /** "solid" for the one thing a place is for, "danger" for what can not be taken back. */
  look?: "plain" | "solid" | "quiet" | "danger";
}

export function Button({ look = "plain", className = "", type = "button", ...rest }: Props) {
  return <button type={type} className={`${styles.button} ${className}`} data-look={look} {...rest} />;
}
