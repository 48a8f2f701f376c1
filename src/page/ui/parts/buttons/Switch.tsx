import { Field, type Origin } from "../fields/Field";
import styles from "./Switch.module.css";

interface Props {
  label: string;
  hint: string;
  isOn: boolean;
  isDisabled?: boolean;
  origin?: Origin | undefined;
  onChange: (isOn: boolean) => void;
}

export function Switch({ label, hint, isOn, isDisabled = false, origin, onChange }: Props) {
  return (
    <Field
      label={label}
      hint={hint}
      origin={origin}
      control={(id, hintId) => (
        <input
          id={id}
          className={styles.toggle}
          type="checkbox"
          role="switch"
          aria-describedby={hintId}
          checked={isOn}
          disabled={isDisabled}
          onChange={({ target }) => onChange(target.checked)}
        />
      )}
    />
  );
}
