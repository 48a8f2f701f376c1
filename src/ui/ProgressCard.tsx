import { formatBytes, formatCount } from "./format";
import type { Stage } from "./load-progress";
import { Button } from "./parts/Button";
import { Meter } from "./parts/Meter";
import "./ProgressCard.css";

interface Props extends Stage {
  onCancel: () => void;
}

export function ProgressCard({ title, value, max, unit, onCancel }: Props) {
  const format = unit === "bytes" ? formatBytes : formatCount;
  const figures =
    max === null ? "" : `${format(value)} of ${format(max)}${unit === "bytes" ? "" : ` ${unit}`}`;
  return (
    <div className="progress-card">
      <div className="progress-card-text">
        <span className="progress-card-title">{title}</span>
        <span className="progress-card-figures">{figures}</span>
      </div>
      <Button look="quiet" aria-label={`Cancel: ${title}`} onClick={onCancel}>
        Cancel
      </Button>
      <Meter role="progressbar" label={title} valueText={figures || "under way"} value={value} max={max} />
    </div>
  );
}
