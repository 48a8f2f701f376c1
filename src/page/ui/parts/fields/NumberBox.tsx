import { Problem } from "../notices/Problem";
import { useTypedNumber } from "./use-typed-number";
import styles from "./NumberBox.module.css";

interface Props {
  label: string;
  hintId: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
}

/** A number to be typed, beside its slider. */
export function NumberBox({ label, hintId, ...options }: Props) {
  const { box, problem } = useTypedNumber(options);
  return (
    <>
      <input
        className={styles.box}
        inputMode="decimal"
        aria-label={label}
        aria-describedby={hintId}
        {...box}
      />
      {problem !== null && <Problem>{problem}</Problem>}
    </>
  );
}
