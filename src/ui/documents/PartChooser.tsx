import { useState } from "react";
import { chooseRange, type Attachment, type DocumentInfo } from "../../stores/attachments";
import { freeTokens } from "../../stores/context-room";
import { formatCount } from "../format";
import { Button } from "../parts/Button";
import { rangeOf, stretchesOf } from "./units";

interface Props {
  attachment: Attachment;
  info: DocumentInfo;
  onDone: () => void;
}

/** Which part of a document is read: one of the parts that fit the context, or from one page (or line) to another. */
export function PartChooser({ attachment: { key, tokens, range }, info, onDone }: Props) {
  const { numbers, unit, nUnits } = info;
  const [[from, to], setEnds] = useState(() => endsOf(info, range));
  const perPart = tokens.phase === "known" ? tokens.perPart : null;
  const free = freeTokens();
  const stretches = perPart && Number.isFinite(free) ? stretchesOf(perPart, Math.max(1, free)) : [];
  const [first, last] = [partOf(numbers, from), partOf(numbers, to)];
  const nTokens = perPart?.slice(first, last + 1).reduce((sum, count) => sum + count, 0);

  const choose = () => {
    const isWhole = first === 0 && last === numbers.length - 1;
    chooseRange(key, isWhole ? null : rangeOf(info, first, last));
    onDone();
  };
  const stretchChosen = stretches.findIndex(([a, b]) => a === first && b === last);
  const chooseStretch = (number: number) => {
    const stretch = stretches[Math.min(stretches.length, Math.max(1, number || 1)) - 1]!;
    setEnds([numbers[stretch[0]]!, lastUnit(info, stretch[1])]);
    chooseRange(key, rangeOf(info, ...stretch));
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
    <div className="part-chooser" role="group" aria-label={`Part of the document, by ${unit}s`}>
      {stretches.length > 1 && (
        <label>
          Part that fits{" "}
          {/* Not a list to choose from: of a long document there are hundreds, and a list lays all of them out. */}
          <input
            type="number"
            min={1}
            max={stretches.length}
            placeholder="–"
            value={stretchChosen < 0 ? "" : stretchChosen + 1}
            onChange={({ target }) => chooseStretch(target.valueAsNumber)}
          />{" "}
          of {formatCount(stretches.length)}
        </label>
      )}
      <div className="part-chooser-ends">
        {field(`From ${unit}`, from, (value) => setEnds([value, Math.max(value, to)]))}
        {field(`to ${unit}`, to, (value) => setEnds([Math.min(from, value), value]))}
        <Button onClick={choose}>Read this part</Button>
      </div>
      {nTokens !== undefined && (
        <p className="attachment-facts">
          {rangeOf(info, first, last).label}: {formatCount(nTokens)} tokens
          {Number.isFinite(free) && ` of ${formatCount(Math.max(0, free))} that are free`}
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

function endsOf(info: DocumentInfo, range: Attachment["range"]): readonly [number, number] {
  if (!range) return [1, info.nUnits];
  const first = info.starts.findLastIndex((start) => start <= range.start);
  const last = info.starts.findLastIndex((start) => start < range.end);
  return [info.numbers[first]!, lastUnit(info, last)];
}
