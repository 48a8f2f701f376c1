/** A run of text on a page, as pdf.js gives it: y grows upwards. */
export interface PageItem {
  readonly str: string;
  readonly dir: string;
  readonly width: number;
  readonly height: number;
  /** The last two are where it begins. */
  readonly transform: readonly number[];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

interface Line extends Box {
  readonly text: string;
  readonly size: number;
}

/**
 * The text of a page in reading order: by columns where there are any, each from the top, right to left in
 * its languages.
 */
export function pageText(items: readonly PageItem[]): string {
  const order = readingOrder(linesOf(items));
  let text = "";
  let before: Line | null = null;
  for (const line of order) {
    if (before)
      text += before.bottom - line.top > 0.7 * before.size || line.bottom > before.top ? "\n\n" : "\n";
    text += line.text;
    before = line;
  }
  return text;
}

/** Joins items that follow one another on a line. */
function linesOf(items: readonly PageItem[]): Line[] {
  const runs: { items: (Box & { str: string; size: number; isRtl: boolean })[]; y: number; size: number }[] =
    [];
  for (const { str, dir, width, height, transform } of items) {
    if (str.trim() === "") continue; // pdf.js fills gaps with spaces, between columns too
    const [a = 0, b = 0, , , x = 0, y = 0] = transform;
    const size = Math.hypot(a, b) || height || 1;
    const item = { str, size, isRtl: dir === "rtl", left: x, right: x + width, bottom: y, top: y + size };
    const run = runs.at(-1);
    const last = run?.items.at(-1);
    const isSameLine = run && Math.abs(run.y - y) < 0.4 * Math.max(run.size, size);
    // Further apart than a few letters, it is another column or another cell.
    const gap = last ? Math.max(item.left - last.right, last.left - item.right) : 0;
    if (run && isSameLine && gap < 2.5 * size) run.items.push(item);
    else runs.push({ items: [item], y, size });
  }
  return runs.map(({ items: parts }) => {
    const isRtl = parts.filter((part) => part.isRtl).length * 2 > parts.length;
    const sorted = parts.toSorted((a, b) => (isRtl ? b.right - a.right : a.left - b.left));
    let text = "";
    for (const [at, part] of sorted.entries()) {
      const previous = sorted[at - 1];
      const gap = previous ? (isRtl ? previous.left - part.right : part.left - previous.right) : 0;
      const needsSpace = gap > 0.18 * part.size && !/\s$/.test(text) && !/^\s/.test(part.str);
      text += (needsSpace ? " " : "") + part.str;
    }
    return {
      text: text.trim(),
      size: Math.max(...parts.map(({ size }) => size)),
      ...around(parts),
    };
  });
}

function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.min(...boxes.map(({ bottom }) => bottom)),
    top: Math.max(...boxes.map(({ top }) => top)),
  };
}

/**
 * Cuts the page between columns, and else between rows (Nagy and Seth's XY cut, 1984). A gap is one between
 * columns only if lines of words stand on both sides; the columns of a table are narrower, and its rows stay
 * together.
 */
function readingOrder(lines: readonly Line[]): readonly Line[] {
  if (lines.length < 2) return lines;
  const columns = splitAtColumn(lines);
  if (columns) return columns.flatMap(readingOrder);
  const rows = splitAtRow(lines);
  if (rows) return rows.flatMap(readingOrder);
  return inRows(lines);
}

const fewestLines = 3;

function splitAtColumn(lines: readonly Line[]): [Line[], Line[]] | null {
  const { left, right } = around(lines);
  for (const at of gapsBetween(
    lines.map((line) => [line.left, line.right]),
    lines[0]!.size,
  )) {
    const first = lines.filter((line) => line.right <= at);
    const second = lines.filter((line) => line.left >= at);
    const isColumn = (side: readonly Line[]) =>
      side.length >= fewestLines &&
      side.reduce((sum, line) => sum + line.right - line.left, 0) / side.length > 0.25 * (right - left);
    if (!isColumn(first) || !isColumn(second)) continue;
    const nRtl = lines.filter(({ text }) => /[\u0590-\u08ff]/.test(text)).length;
    return nRtl * 2 > lines.length ? [second, first] : [first, second];
  }
  return null;
}

/** At the largest gap between rows, if that parts a heading or a block from the rest. */
function splitAtRow(lines: readonly Line[]): [Line[], Line[]] | null {
  const gaps = gapsBetween(
    lines.map((line) => [line.bottom, line.top]),
    0,
  );
  const at = gaps[0];
  if (at === undefined) return null;
  return [lines.filter((line) => line.bottom >= at), lines.filter((line) => line.top <= at)];
}

/** The middles of the gaps that no interval reaches into, the widest first. */
function gapsBetween(intervals: readonly (readonly [number, number])[], atLeast: number): number[] {
  const sorted = intervals.toSorted((a, b) => a[0] - b[0]);
  const gaps: { middle: number; width: number }[] = [];
  let end = -Infinity;
  for (const [from, to] of sorted) {
    const width = from - end;
    if (Number.isFinite(end) && width > atLeast) gaps.push({ middle: end + width / 2, width });
    end = Math.max(end, to);
  }
  return gaps.sort((a, b) => b.width - a.width).map(({ middle }) => middle);
}

/** Joins what stands side by side in a row into one line, from left to right, or from right to left. */
function inRows(lines: readonly Line[]): readonly Line[] {
  const rows: Line[][] = [];
  for (const line of lines.toSorted((a, b) => b.bottom - a.bottom)) {
    const row = rows.at(-1);
    if (row && Math.abs(row[0]!.bottom - line.bottom) < 0.4 * line.size) row.push(line);
    else rows.push([line]);
  }
  return rows.map((row) => {
    const isRtl = row.filter(({ text }) => /[\u0590-\u08ff]/.test(text)).length * 2 > row.length;
    const sorted = row.toSorted((a, b) => (isRtl ? b.left - a.left : a.left - b.left));
    return { ...around(row), size: row[0]!.size, text: sorted.map(({ text }) => text).join(" | ") };
  });
}
