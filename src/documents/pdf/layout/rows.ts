import { medianOf } from "./columns";
import { join, rowsOf, type Segment } from "./lines";

/** A line as it is read. */
export interface TextLine extends Segment {
  /** A paragraph begins with it: more space is above it than between lines. */
  readonly isApart: boolean;
}

/**
 * In sizes of a letter: a gap that parts cells of a table if a row above or below has one there too.
 */
const CELL_GAP = 1;
/** A gap this wide parts cells by itself. */
const WIDE_GAP = 2.5;

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** The lines of a region: what stands side by side is one line, its cells kept apart by " | ". */
export function linesOf(region: readonly Segment[]): TextLine[] {
  const rows = rowsOf(region).map((row) => row.toSorted((a, b) => a.left - b.left));
  const gaps = rows.map(gapsOf);
  const lines = rows.map((row, at) => {
    const near = [...(gaps[at - 1] ?? []), ...(gaps[at + 1] ?? [])];
    const isRtl = row.filter((one) => one.isRtl).length * 2 > row.length;
    // Right to left, the right one comes first.
    const cells = isRtl ? row.map((one) => ({ ...one, isRtl })).reverse() : row;
    return cells.reduce((line, next) => {
      const [a, b] = isRtl ? [next, line] : [line, next];
      const gap = { from: a.right, to: b.left };
      const width = (gap.to - gap.from) / Math.max(a.size, b.size);
      const isCell =
        width > WIDE_GAP || (width > CELL_GAP && near.some((other) => overlap(gap, other) > 0.8 * b.size));
      return join(a, b, isCell ? " | " : undefined);
    });
  });
  const typical = medianOf(lines.slice(1).map((line, at) => line.top - lines[at]!.bottom));
  return lines.map((line, at) => {
    const before = lines[at - 1];
    const space = before ? line.top - before.bottom : Infinity;
    const size = before ? Math.min(before.size, line.size) : 0;
    return { ...line, isApart: space > 0.7 * size && space > 1.25 * typical + 0.1 * size };
  });
}

function gapsOf(row: readonly Segment[]): Gap[] {
  return row.slice(1).flatMap((segment, at) => {
    const gap = { from: row[at]!.right, to: segment.left };
    return gap.to - gap.from > CELL_GAP * segment.size ? [gap] : [];
  });
}

const overlap = (a: Gap, b: Gap): number => Math.min(a.to, b.to) - Math.max(a.from, b.from);
