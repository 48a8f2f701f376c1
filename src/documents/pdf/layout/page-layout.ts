import { medianOf, regionsOf } from "./columns";
import { separateFootnotes } from "./footnotes";
import { segmentsOf, type Segment } from "./lines";
import { framesOf, type Frame, type PageItem } from "./pieces";
import { linesOf, type TextLine } from "./rows";
import { joinWideSpaces } from "./wide-spaces";

/** A line of a page in reading order. */
export interface PageLine {
  readonly text: string;
  readonly size: number;
  readonly isApart: boolean;
  /** A share of the page's height from its top, for upright text; else `null`. */
  readonly top: number | null;
  readonly bottom: number | null;
  readonly left: number;
  readonly isFootnote: boolean;
  readonly isBold?: boolean;
}

export interface PageView {
  readonly width: number;
  readonly height: number;
  /** From the page's own coordinates to ones as it is seen, y growing downwards. */
  readonly transform: readonly number[];
}

/** The lines of a page in reading order, turned text after the rest. */
export function layOut(items: readonly PageItem[], view: PageView): PageLine[] {
  const [main, ...others] = framesOf(items, view.transform);
  if (!main) return [];
  const body = linesOfFrame(main, view);
  if (others.length === 0) return body;
  const rest = others.flatMap((frame) => linesOfFrame(frame, view).map(apart));
  // A page's number and title stand upright above a table that is turned.
  const above = rest.filter(({ top }) => main.turn !== 0 && top !== null && top < 0.12);
  return [
    ...above,
    ...body.map((line, at) => (at === 0 ? apart(line) : line)),
    ...rest.filter((line) => !above.includes(line)),
  ];
}

/**
 * The zone near the edge of the page and apart from the rest: it is of no column. A page's number may
 * stand further in.
 */
const MARGIN = 0.12;
const NUMBER_MARGIN = 0.2;
const MOST_ROWS = 3;

function splitMargins(segments: readonly Segment[], height: number | null) {
  const sorted = segments.toSorted((a, b) => a.base - b.base);
  if (height === null) return { above: [], middle: sorted, below: [] };
  const size = medianOf(sorted.map((one) => one.size));
  const cut = (
    order: readonly Segment[],
    distance: (a: Segment, b: Segment) => number,
    isNear: (one: Segment) => boolean,
  ) => {
    let end = 0;
    let nRows = 0;
    for (const [at, one] of order.entries()) {
      const next = order[at + 1];
      if (!isNear(one) || !next) break;
      if (distance(one, next) < 0.4 * size) continue; // of the same row
      if (++nRows > MOST_ROWS) break;
      if (distance(one, next) > 1.7 * Math.max(one.size, 0.8 * size)) end = at + 1;
    }
    return end;
  };
  const nAbove = cut(
    sorted,
    (a, b) => b.base - a.base,
    (one) => one.bottom < marginOf(one) * height,
  );
  const rest = sorted.slice(nAbove);
  const nBelow = cut(
    rest.toReversed(),
    (a, b) => a.base - b.base,
    (one) => one.top > (1 - marginOf(one)) * height,
  );
  return {
    above: sorted.slice(0, nAbove),
    middle: rest.slice(0, rest.length - nBelow),
    below: rest.slice(rest.length - nBelow),
  };
}

const marginOf = ({ text }: Segment): number => (text.length < 8 ? NUMBER_MARGIN : MARGIN);

const apart = (line: PageLine): PageLine => ({ ...line, isApart: true });

function linesOfFrame(frame: Frame, { height }: PageView): PageLine[] {
  const segments = joinWideSpaces(segmentsOf(frame.pieces));
  const { above, middle, below } = splitMargins(segments, frame.turn === 0 ? height : null);
  const regions = [
    ...(above.length > 0 ? [above] : []),
    ...regionsOf(middle),
    ...(below.length > 0 ? [below] : []),
  ].map(linesOf);
  const { body, footnotes } = separateFootnotes(regions);
  const share = (y: number) => (frame.turn === 0 ? y / height : null);
  const toPage = (isFootnote: boolean) => (line: TextLine) => ({
    text: line.text,
    size: line.size,
    isApart: line.isApart,
    top: share(line.top),
    bottom: share(line.bottom),
    left: line.left,
    isFootnote,
    ...(line.isBold && { isBold: true }),
  });
  return [...body.map(toPage(false)), ...footnotes.map(toPage(true))];
}
