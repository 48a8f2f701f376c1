import type { ComponentProps } from "react";
import styles from "./VisuallyHidden.module.css";

interface Props extends Omit<ComponentProps<"span">, "className"> {
  as?: "span" | "p" | "legend";
}

/** Text for who listens to the page. */
export function VisuallyHidden({ as: Tag = "span", ...rest }: Omit<Props, "ref">) {
  return <Tag className={styles.hidden} {...rest} />;
}
