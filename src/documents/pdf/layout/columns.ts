import { join, rowsOf, type Segment } from "./lines";

/** A part that is read as one: rows from the top down. */
export type Region = readonly Segment[];

const FEWEST_LINES = 3;
/** A column holds columns holds columns: a page has no more, a hostile file may. */
const DEEPEST = 8;
const MOST_CANDIDATES = 12;

/**
 * The page's regions in reading order. A gutter is where text stands on both sides over some lines;
 * what reaches over it, a
 * title or a wide figure, cuts the columns into an upper and a lower part.
 */
export function regionsOf(segments: readonly Segment[]): readonly Region[] {
  const regions: Region[] = [];
  const todo = [{ part: segments.toSorted((a, b) => a.base - b.base), depth: 0 }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { part, depth } = next;
    const cut = depth < DEEPEST && part.length >= 2 * FEWEST_LINES ? cutAtGutter(part) : null;
    if (!cut) regions.push(part);
    else for (const one of cut.reverse()) todo.push({ part: one, depth: depth + 1 });
  }
  return regions;
}

function cutAtGutter(segments: Segment[]): Segment[][] | null {
  const size = medianOf(segments.map((one) => one.size));
  let best: { bands: readonly Band[]; score: number } | null = null;
  for (const x of gutterCandidates(segments, size)) {
    const bands = bandsAt(segments, x, size);
    const left = bands.flatMap((band) => band.left);
    const right = bands.flatMap((band) => band.right);
    if (!areColumns(left, right)) continue;
    const nOver = segments.length - left.length - right.length;
    const score = Math.min(left.length, right.length) - nOver;
    if (!best || score > best.score) best = { bands, score };
  }
  if (!best) return null;
  const isRtl = segments.filter((one) => one.isRtl).length * 2 > segments.length;
  const parts: Segment[][] = [];
  let rows: Segment[] = [];
  const flush = () => {
    if (rows.length > 0) parts.push(rows);
    rows = [];
  };
  for (const { left, right, over } of best.bands) {
    const isSmall = Math.min(left.length, right.length) < FEWEST_LINES;
    const isTable = !isSmall && alignedShare(left, right) > 0.9 && !areColumns(left, right);
    if (left.length === 0 || right.length === 0 || isTable) rows.push(...left, ...right);
    else {
      flush();
      parts.push(...(isRtl ? [right, left] : [left, right]));
    }
    if (over.length > 0) {
      // A table or a column of its own may be beside it.
      if (left.length > 0 && right.length > 0) flush();
      rows.push(...over);
    }
  }
  flush();
  for (const part of parts) part.sort((a, b) => a.base - b.base);
  return parts.length > 1 ? parts : null;
}

interface Band {
  readonly left: Segment[];
  readonly right: Segment[];
  /** Lines below them that reach over the gutter. */
  readonly over: Segment[];
}

function bandsAt(segments: readonly Segment[], x: number, size: number): readonly Band[] {
  const bands: Band[] = [{ left: [], right: [], over: [] }];
  for (const segment of segments) {
    const band = bands.at(-1)!;
    const overLeft = x - segment.left;
    const overRight = segment.right - x;
    // A line that hangs out of its column a little is still of that column.
    const slack = Math.min(2 * size, 0.15 * (segment.right - segment.left));
    const side = overRight <= slack ? "left" : overLeft <= slack ? "right" : "over";
    if (side === "over") band.over.push(segment);
    else if (band.over.length > 0) bands.push({ left: [], right: [], over: [], [side]: [segment] });
    else band[side].push(segment);
  }
  return bands;
}

/**
 * Places that fewer lines reach over than reach over what is left and right of them, the emptiest
 * first.
 */
function gutterCandidates(segments: readonly Segment[], size: number): readonly number[] {
  let left = Infinity;
  let right = -Infinity;
  for (const segment of segments) {
    left = Math.min(left, segment.left);
    right = Math.max(right, segment.right);
  }
  const step = Math.max(0.2 * size, (right - left) / 2000);
  const nSteps = Math.ceil((right - left) / step) + 1;
  const changes = new Int32Array(nSteps + 2);
  for (const segment of segments) {
    const from = Math.ceil((segment.left - left) / step);
    const to = Math.max(from, Math.floor((segment.right - left) / step));
    changes[from]!++;
    changes[to]!--;
  }
  const cover = new Int32Array(nSteps);
  let now = 0;
  for (let at = 0; at < nSteps; at++) cover[at] = now += changes[at]!;
  const candidates: { x: number; cover: number; width: number }[] = [];
  let highest = 0;
  for (let at = 0; at < nSteps; at++) {
    const here = cover[at]!;
    highest = Math.max(highest, here);
    if (at > 0 && cover[at - 1]! <= here) continue; // only where it falls
    let end = at;
    while (end < nSteps && cover[end]! <= here) end++;
    if (end === nSteps || highest < FEWEST_LINES) continue;
    candidates.push({ x: left + step * (at + (end - at) / 2), cover: here, width: end - at });
  }
  return candidates
    .sort((a, b) => a.cover - b.cover || b.width - a.width)
    .slice(0, MOST_CANDIDATES)
    .map(({ x }) => x);
}

/** Means of a column's lines, the long ones weighing more: pieces of formulas say little of it. */
interface Side {
  readonly lines: readonly Segment[];
  readonly width: number;
  /** The lines' mean length, as a share of the width. */
  readonly fill: number;
  readonly wordsPerLine: number;
  /** The share of lines that go on with a sentence. */
  readonly continued: number;
}

function sideOf(lines: readonly Segment[]): Side {
  let left = Infinity;
  let right = -Infinity;
  let length = 0;
  let squares = 0;
  let words = 0;
  let continued = 0;
  for (const [at, line] of lines.entries()) {
    left = Math.min(left, line.left);
    right = Math.max(right, line.right);
    const own = line.right - line.left;
    length += own;
    squares += own * own;
    words +=
      own *
      (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(line.text)
        ? line.text.length / 3
        : line.text.split(/\s+/).length);
    if (goesOn(lines[at - 1], line)) continued += own;
  }
  const width = Math.max(1e-6, right - left);
  const whole = Math.max(1e-6, length);
  return {
    lines,
    width,
    fill: squares / whole / width,
    wordsPerLine: words / whole,
    continued: continued / whole,
  };
}

/**
 * Tells whether a line is in the middle of a sentence; of letters without capitals it can not be
 * known.
 */
const goesOn = (before: Segment | undefined, line: Segment): boolean =>
  before !== undefined && (/^\p{Ll}/u.test(line.text) || /[\p{L}][-\u2010\u00ad]$|,$/u.test(before.text));

const isProse = ({ fill, wordsPerLine, continued }: Side): boolean =>
  fill > 0.5 && wordsPerLine >= 2.5 && continued > 0.25;

/** Tells whether text on both sides is read down, and not across as a table's rows. */
function areColumns(leftSegments: readonly Segment[], rightSegments: readonly Segment[]): boolean {
  const leftLines = withoutWideSpaces(leftSegments);
  const rightLines = withoutWideSpaces(rightSegments);
  if (leftLines.length < FEWEST_LINES || rightLines.length < FEWEST_LINES) return false;
  const left = sideOf(leftLines);
  const right = sideOf(rightLines);
  const whole = left.width + right.width;
  if (Math.min(left.width, right.width) < 0.08 * whole) return false;
  const isFull = (side: Side) => side.fill > 0.7 && side.wordsPerLine >= 3 && side.width > 0.25 * whole;
  if (isFull(left) && isFull(right)) return true;
  const aligned = alignedShare(leftLines, rightLines);
  if (isProse(left) && isProse(right)) return true;
  if (aligned < 0.6) {
    const isText = (side: Side) => side.wordsPerLine >= 1.5;
    return (
      isText(left) && isText(right) && (isProse(left) || isProse(right) || isFull(left) || isFull(right))
    );
  }
  // Beside a column of short lines the sentences of the other go on; in a table each row begins one.
  const goesOnBeside = (side: Side, other: readonly Segment[]) =>
    isProse(side) && besideShare(side.lines, other) > 0.3;
  return goesOnBeside(left, rightLines) || goesOnBeside(right, leftLines);
}

/** Lines with spaces so wide that they fell apart are whole again; cells of a table are further apart. */
const WIDE_SPACE = 1.5;

function withoutWideSpaces(segments: readonly Segment[]): Segment[] {
  return rowsOf(segments).flatMap((row) => {
    const lines: Segment[] = [];
    for (const segment of row.sort((a, b) => a.left - b.left)) {
      const last = lines.at(-1);
      const isNear = last && segment.left - last.right < WIDE_SPACE * Math.min(last.size, segment.size);
      if (isNear) lines[lines.length - 1] = join(last, segment);
      else lines.push(segment);
    }
    return lines;
  });
}

/** The share of lines of the shorter side that have one at the same height on the other. */
function alignedShare(a: readonly Segment[], b: readonly Segment[]): number {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  const pairs = pairsOf(few, many);
  return pairs.length / few.length;
}

/** The share that goes on with a sentence, of lines that have another beside them. */
function besideShare(lines: readonly Segment[], other: readonly Segment[]): number {
  const pairs = pairsOf(lines, other);
  if (pairs.length === 0) return 0;
  return pairs.filter((at) => goesOn(lines[at - 1], lines[at]!)).length / pairs.length;
}

/** Indexes of `lines` at whose height one of `other` stands; both are sorted by height. */
function pairsOf(lines: readonly Segment[], other: readonly Segment[]): number[] {
  const pairs: number[] = [];
  let near = 0;
  for (const [at, line] of lines.entries()) {
    while (near < other.length && other[near]!.base < line.base - 0.2 * line.size) near++;
    if (near < other.length && Math.abs(other[near]!.base - line.base) <= 0.2 * line.size) pairs.push(at);
  }
  return pairs;
}

export function medianOf(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
