import { formatBytes, formatCount } from "../words/format";
import type { Stage } from "../words/load-progress";
import { Button } from "../buttons/Button";
import { Meter } from "../charts/Meter";
import styles from "./ProgressCard.module.css";

interface Props extends Stage {
  /** Beside the figures. */
  note?: string;
  /** With it, the work can also be interrupted and go on later. */
  onPause?: () => void;
  onCancel: () => void;
}

export function ProgressCard({ title, value, max, unit, note = "", onPause, onCancel }: Props) {
  const format = unit === "bytes" ? formatBytes : formatCount;
  const figures =
    max === null ? "" : `${format(value)} of ${format(max)}${unit === "bytes" ? "" : ` ${unit}`}`;
  return (
    <div className={styles.progressCard}>
      <div className={styles.text}>
        <span className={styles.title}>{title}</span>
        <span className={styles.figures}>{figures}</span>
        {note !== "" && <span className={styles.figures}>{note}</span>}
      </div>
      <div>
        {onPause && (
          <Button look="quiet" aria-label={`Pause: ${title}`} onClick={onPause}>
            Pause
          </Button>
        )}
        <Button look="quiet" aria-label={`Cancel: ${title}`} onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <Meter role="progressbar" label={title} valueText={figures || "under way"} value={value} max={max} />
    </div>
  );
}
