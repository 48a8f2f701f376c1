import { useState } from "react";
import { t } from "../../../../language/language";
import { readNumber } from "./read-number";
import { Problem } from "../notices/Problem";
import styles from "./NumberBox.module.css";

interface Props {
  label: string;
  hintId: string;
  value: number;
  min: number;
  max: number;
  /** A whole number takes whole numbers only; the arrow keys go by it. */
  step: number;
  onChange: (value: number) => void;
}

/** A number to be typed. One that can not be is said, and changes nothing. */
export function NumberBox({ label, hintId, value, onChange, ...range }: Props) {
  // What is being typed, which may be on its way to a number: "1." or "-".
  const [typed, setTyped] = useState<string | null>(null);
  // Said while the value is the one that stayed.
  const [refused, setRefused] = useState<{ problem: string; stayed: number } | null>(null);
  const problem = refused?.stayed === value ? refused.problem : null;
  return (
    <>
      <input
        className={styles.box}
        type="number"
        inputMode="decimal"
        aria-label={label}
        aria-describedby={hintId}
        aria-invalid={problem !== null}
        {...range}
        value={typed ?? String(value)}
        onChange={({ target }) => {
          setTyped(target.value);
          const read = readNumber(target.value, range);
          setRefused(read.kind === "refused" ? { problem: read.problem, stayed: value } : null);
          if (read.kind === "number") onChange(read.value);
        }}
        onBlur={() => setTyped(null)}
      />
      {problem !== null && (
        <Problem>
          {problem} {t("It stays at {value}.", { value })}
        </Problem>
      )}
    </>
  );
}
