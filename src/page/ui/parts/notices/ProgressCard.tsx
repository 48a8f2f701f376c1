import { formatBytes, formatCount } from "../words/format";
import type { Stage } from "../words/load-progress";
import { Button } from "../buttons/Button";
import { Meter } from "../charts/Meter";
import { t } from "../../../../language/language";
import styles from "./ProgressCard.module.css";

interface Props extends Stage {
  /** Beside the figures. */
  note?: string;
  /** With it, the work can also be interrupted and go on later. */
  onPause?: () => void;
  onCancel: () => void;
}

export function ProgressCard({ title, value, max, unit, note = "", onPause, onCancel }: Props) {
  const figures =
    max === null
      ? ""
      : unit === "bytes"
        ? t("{value} of {max}", { value: formatBytes(value), max: formatBytes(max) })
        : t("{value} of {max} GPU programs", { value: formatCount(value), max: formatCount(max) });
  return (
    <div className={styles.progressCard}>
      <div className={styles.text}>
        <span className={styles.title}>{title}</span>
        <span className={styles.figures}>{figures}</span>
        {note !== "" && <span className={styles.figures}>{note}</span>}
      </div>
      <div>
        {onPause && (
          <Button look="quiet" aria-label={t("Pause: {title}", { title })} onClick={onPause}>
            {t("Pause")}
          </Button>
        )}
        <Button look="quiet" aria-label={t("Cancel: {title}", { title })} onClick={onCancel}>
          {t("Cancel")}
        </Button>
      </div>
      <Meter role="progressbar" label={title} valueText={figures || t("under way")} value={value} max={max} />
    </div>
  );
}
