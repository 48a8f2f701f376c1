import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import styles from "./IconButton.module.css";

interface Props extends Omit<ComponentProps<"button">, "children" | "title"> {
  /** The button's effect: its accessible name, and the tip that a pointer shows. */
  label: string;
  icon: LucideIcon;
  /** The icon points to a side: it is turned round in a language from the right. */
  isSided?: boolean;
}

export function IconButton({ label, icon: Icon, isSided, className = "", ...rest }: Props) {
  return (
    <button
      type="button"
      className={`${styles.iconButton} ${className}`}
      aria-label={label}
      title={label}
      data-sided={isSided}
      {...rest}
    >
      <Icon size={18} aria-hidden />
    </button>
  );
}

/** The place of an icon button that comes and goes: what stands beside it stays where it is. */
export function IconPlace() {
  return <span className={styles.place} />;
}
