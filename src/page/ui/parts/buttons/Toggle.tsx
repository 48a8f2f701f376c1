import type { ComponentProps } from "react";
import styles from "./Toggle.module.css";

interface Props extends Omit<ComponentProps<"button">, "className"> {
  isOn: boolean;
}

/** A button that stays pressed. */
export function Toggle({ isOn, ...rest }: Props) {
  return <button type="button" className={styles.toggle} aria-pressed={isOn} {...rest} />;
}
