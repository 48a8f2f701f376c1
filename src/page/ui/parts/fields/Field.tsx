import { RotateCcw } from "lucide-react";
import { useId, type ReactNode } from "react";
import { t } from "../../../../language/language";
import { IconButton } from "../buttons/IconButton";
import { useIsFound } from "./field-search";
import { Hint } from "./Hint";
import styles from "./Field.module.css";

/** Who says a field's value. */
export interface Origin {
  readonly text: string;
  /** Takes the value back that was set here; absent where it is from elsewhere. */
  readonly onReset?: () => void;
}

interface Props {
  label: string;
  /** The field's effect, in a person's words. */
  hint: string;
  /** The value as text, beside the label. */
  value?: string;
  origin?: Origin | undefined;
  /** News about the value: what it still waits for, say. */
  note?: string | undefined;
  /** An input that stands beside the label. */
  control?: (id: string, hintId: string) => ReactNode;
  children?: (id: string, hintId: string) => ReactNode;
}

/** A labelled, explained input. Where settings are looked for, only one whose words are found is shown. */
export function Field({ label, hint, value, origin, note, control, children }: Props) {
  const id = useId();
  const hintId = `${id}-hint`;
  if (!useIsFound(label, hint)) return null;
  return (
    <div className={styles.field} data-field>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {origin && <OriginMark label={label} origin={origin} />}
        {value !== undefined && <output htmlFor={id}>{value}</output>}
        {control?.(id, hintId)}
      </div>
      {children?.(id, hintId)}
      {note !== undefined && (
        <p className={styles.note} role="status">
          {note}
        </p>
      )}
      <Hint id={hintId}>{hint}</Hint>
    </div>
  );
}

function OriginMark({ label, origin: { text, onReset } }: { label: string; origin: Origin }) {
  return (
    <span className={styles.origin} data-own={onReset !== undefined || undefined}>
      {text}
      {onReset && (
        <IconButton
          className={styles.reset}
          label={t("Reset: {name}", { name: label })}
          icon={RotateCcw}
          onClick={onReset}
        />
      )}
    </span>
  );
}
