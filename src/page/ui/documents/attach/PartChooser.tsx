import { useId, useState } from "react";
import { chooseRange, type Attachment, type DocumentInfo } from "../../../stores/documents/attachments";
import { freeTokens } from "../../../stores/chat/context-room";
import { counted, formatCount } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { rangeOf, stretchesOf } from "./units";
import { t } from "../../../../language/language";
import { rich } from "../../parts/words/rich";
import styles from "./Attachments.module.css";

interface Props {
  attachment: Attachment;
  info: DocumentInfo;
  onDone: () => void;
}

/**
 * Which part of a document is read: one of the parts that fit the context, or from one page (or line) to
 * another.
 */
export function PartChooser({ attachment: { key, tokens, range }, info, onDone }: Props) {
  const id = useId();
  const { numbers, unit, nUnits } = info;
  const [{ from, to, first, last }, setChosen] = useState(() => chosenOf(info, range));
  /** The text in the field of parts while someone types in it. */
  const [typed, setTyped] = useState<string | null>(null);
  const perPart = tokens.phase === "known" ? tokens.perPart : null;
  const free = freeTokens();
  const stretches = perPart && Number.isFinite(free) ? stretchesOf(perPart, Math.max(1, free)) : [];
  const stretch = stretches.findIndex(([a, b]) => a === first && b === last);
  const nTokens = perPart?.slice(first, last + 1).reduce((sum, count) => sum + count, 0);

  const chooseStretch = (text: string) => {
    setTyped(text);
    const chosen = stretches[Number(text) - 1];
    if (!chosen) return; // not typed to its end
    const [a, b] = chosen;
    setChosen({ from: numbers[a]!, to: lastUnit(info, b), first: a, last: b });
    chooseRange(key, rangeOf(info, a, b));
  };
  const setEnds = (start: number, end: number) =>
    setChosen({ from: start, to: end, first: partOf(numbers, start), last: partOf(numbers, end) });
  const choose = () => {
    const isWhole = first === 0 && last === numbers.length - 1;
    chooseRange(key, isWhole ? null : rangeOf(info, first, last));
    onDone();
  };
  const field = (label: string, value: number, change: (value: number) => void) => (
    <label>
      {label}
      <input
        type="number"
        min={1}
        max={nUnits}
        value={value}
        onChange={({ target }) => change(Math.min(nUnits, Math.max(1, target.valueAsNumber || 1)))}
      />
    </label>
  );

  return (
    <div
      className={styles.partChooser}
      role="group"
      aria-label={t("Part of the document, by {unit}s", { unit })}
    >
      {stretches.length > 1 && (
        <label>
          {/* No list to choose from: it would lay out all the hundreds of parts of a long document. */}
          {rich("Part that fits {input} of {nStretches}", {
            input: (
              <input
                type="number"
                min={1}
                max={stretches.length}
                placeholder="–"
                aria-describedby={id}
                value={typed ?? (stretch < 0 ? "" : stretch + 1)}
                onChange={({ target }) => chooseStretch(target.value)}
                onBlur={() => setTyped(null)}
              />
            ),
            nStretches: formatCount(stretches.length),
          })}
        </label>
      )}
      <div className={styles.partChooserEnds}>
        {field(t("From {unit}", { unit }), from, (value) => setEnds(value, Math.max(value, to)))}
        {field(t("to {unit}", { unit }), to, (value) => setEnds(Math.min(from, value), value))}
        <Button onClick={choose}>{t("Read this part")}</Button>
      </div>
      {nTokens !== undefined && (
        <p id={id} className={styles.facts} role="status">
          {rangeOf(info, first, last).label}: {counted(nTokens, "token")}
          {Number.isFinite(free) && t(" of {max} that are free", { max: formatCount(Math.max(0, free)) })}
        </p>
      )}
    </div>
  );
}

/** The last part that begins at or before a page or line. */
function partOf(numbers: readonly number[], unit: number): number {
  return Math.max(
    0,
    numbers.findLastIndex((number) => number <= unit),
  );
}

function lastUnit({ numbers, nUnits }: DocumentInfo, part: number): number {
  return part + 1 < numbers.length ? Math.max(numbers[part]!, numbers[part + 1]! - 1) : nUnits;
}

/** Lines are what is shown; where a line is longer than a part, only the parts say which of it is meant. */
function chosenOf(info: DocumentInfo, range: Attachment["range"]) {
  const { starts, numbers, nUnits } = info;
  if (!range) return { from: 1, to: nUnits, first: 0, last: numbers.length - 1 };
  const first = starts.findLastIndex((start) => start <= range.start);
  const last = starts.findLastIndex((start) => start < range.end);
  return { from: numbers[first]!, to: lastUnit(info, last), first, last };
}
