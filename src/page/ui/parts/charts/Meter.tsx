import styles from "./Meter.module.css";

interface Props {
  label: string;
  /** Words for the value, as a screen reader says it. */
  valueText: string;
  value: number;
  /** `null`: how much there is to do is not known. */
  max: number | null;
  /** "progress": work under way; "meter": how full something is. */
  role: "progressbar" | "meter";
  isOver?: boolean;
}

export function Meter({ label, valueText, value, max, role, isOver = false }: Props) {
  const share = max === null || max === 0 ? null : Math.min(1, value / max);
  const known = share === null ? {} : { "aria-valuenow": Math.round(share * 100) };
  return (
    <div
      className={styles.meter}
      role={role}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={valueText}
      data-unknown={share === null || undefined}
      data-over={isOver || undefined}
      {...known}
    >
      <div
        className={styles.fill}
        style={{ translate: share === null ? undefined : `${share * 100 - 100}%` }}
      />
    </div>
  );
}
