import { join, rowsOf, WIDEST_SPACE, type Segment } from "./lines";

/** In sizes of a letter: a wider gap is none between words, however a line is set. */
const WIDEST = 1.3;
/** Rows above and below in which a gutter would go on. */
const ROWS_AROUND = 4;
/** In sizes of a letter: text further away on either side says nothing of a gap. */
const NEAR = 4;

/**
 * Joins lines that fell apart at wide spaces, as scanned pages whose letters were recognised have them. A
 * gutter or a gap between cells goes on in the rows around; text of the rows around stands over a space.
 */
export function joinWideSpaces(segments: readonly Segment[]): Segment[] {
  const rows = rowsOf(segments).map((row) => row.toSorted((a, b) => a.left - b.left));
  return rows.flatMap((row, at) => {
    const joined: Segment[] = [];
    for (const segment of row) {
      const last = joined.at(-1);
      const gap = last ? (segment.left - last.right) / Math.min(last.size, segment.size) : Infinity;
      const isWide = gap >= WIDEST_SPACE && gap < WIDEST && !segment.isRtl;
      if (last && isWide && isCovered(rows, at, (last.right + segment.left) / 2, segment.size))
        joined[joined.length - 1] = join(last, segment, " ");
      else joined.push(segment);
    }
    return joined;
  });
}

/** Tells whether more rows around have text at a place than a gap between texts. */
function isCovered(rows: readonly Segment[][], row: number, x: number, size: number): boolean {
  let covered = 0;
  let open = 0;
  for (let at = Math.max(0, row - ROWS_AROUND); at <= row + ROWS_AROUND && at < rows.length; at++) {
    if (at === row) continue;
    const near = rows[at]!;
    const next = firstAfter(near, x);
    const before = near[next - 1];
    const after = near[next];
    if (before && before.right > x) covered++;
    else if (before && after && x - before.right < NEAR * size && after.left - x < NEAR * size) open++;
  }
  return covered > 1 && covered > 2 * open;
}

/** The index of the first that begins right of a place. */
function firstAfter(row: readonly Segment[], x: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[middle]!.left > x) high = middle;
    else low = middle + 1;
  }
  return low;
}
