import { useId, type ReactNode } from "react";
import { Hint } from "./Hint";
import styles from "./Field.module.css";

interface Props {
  label: string;
  /** The field's effect, in a person's words. */
  hint: string;
  /** The value as text, beside the label. */
  value?: string;
  children: (id: string, hintId: string) => ReactNode;
}

/** A labelled, explained input. */
export function Field({ label, hint, value, children }: Props) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {value !== undefined && <output htmlFor={id}>{value}</output>}
      </div>
      {children(id, hintId)}
      <Hint id={hintId}>{hint}</Hint>
    </div>
  );
}
