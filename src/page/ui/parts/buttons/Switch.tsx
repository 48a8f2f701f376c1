import { useId } from "react";
import { Hint } from "../fields/Hint";
import styles from "./Switch.module.css";
import fieldStyles from "../fields/Field.module.css";

interface Props {
  label: string;
  hint: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}

export function Switch({ label, hint, isOn, isDisabled = false, onChange }: Props) {
  const id = useId();
  return (
    <div className={fieldStyles.field}>
      <div className={fieldStyles.head}>
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          className={styles.toggle}
          type="checkbox"
          role="switch"
          aria-describedby={`${id}-hint`}
          checked={isOn}
          disabled={isDisabled}
          onChange={({ target }) => onChange(target.checked)}
        />
      </div>
      <Hint id={`${id}-hint`}>{hint}</Hint>
    </div>
  );
}
