import type { Box, Piece } from "./pieces";

/** Text that stands together on a line: no gap in it is wider than between words. */
export interface Segment extends Box {
  readonly text: string;
  readonly size: number;
  readonly base: number;
  readonly isRtl: boolean;
  /** All of it is. */
  readonly isBold: boolean;
}

/**
 * A gap of this many sizes of a letter parts segments: LaTeX's gutter is 10 pt, its widest space
 * between words less.
 */
export const WIDEST_SPACE = 0.6;

/**
 * Joins pieces that follow one another on a line, in the order of the file, then what stands beside
 * each other.
 */
export function segmentsOf(pieces: readonly Piece[]): Segment[] {
  const chains: Piece[][] = [];
  let chain: Piece[] | null = null;
  let main: Piece | null = null;
  for (const piece of pieces) {
    const last = chain?.at(-1);
    if (chain && last && main && continues(main, last, piece)) {
      chain.push(piece);
      if (piece.size > main.size) main = piece;
    } else {
      chains.push((chain = [piece]));
      main = piece;
    }
  }
  return joinNeighbours(chains.map(joinPieces));
}

function continues(main: Piece, last: Piece, next: Piece): boolean {
  const size = Math.max(main.size, next.size);
  const isOnLine = Math.abs(next.base - main.base) < 0.35 * size;
  // A superscript or subscript, and what comes after one.
  const isScript =
    Math.min(main.size, next.size) < 0.85 * size && Math.abs(next.base - main.base) < 0.6 * size;
  if (!isOnLine && !isScript) return false;
  const gap = next.isRtl && last.isRtl ? last.left - next.right : next.left - last.right;
  return gap < WIDEST_SPACE * size && gap > -0.4 * size;
}

function joinPieces(pieces: readonly Piece[]): Segment {
  const nRtl = pieces.filter(({ isRtl }) => isRtl).length;
  const isRtl = nRtl * 2 > pieces.length;
  const sorted = pieces.toSorted((a, b) => (isRtl ? b.right - a.right : a.left - b.left));
  let text = "";
  let previous: Piece | undefined;
  let main = pieces[0]!;
  let { left, right, top, bottom } = main;
  for (const piece of sorted) {
    const gap = previous ? (isRtl ? previous.left - piece.right : piece.left - previous.right) : 0;
    // Where a line is set tight, pdf.js knows a space from a gap between letters.
    const widest = piece.hasSpaceBefore ? 0.1 : 0.18;
    const needsSpace = gap > widest * piece.size && !/\s$/.test(text) && !/^\s/.test(piece.str);
    text += (needsSpace ? " " : "") + piece.str;
    previous = piece;
    if (piece.size > main.size) main = piece;
    left = Math.min(left, piece.left);
    right = Math.max(right, piece.right);
    top = Math.min(top, piece.top);
    bottom = Math.max(bottom, piece.bottom);
  }
  const isBold = pieces.every((piece) => piece.isBold);
  return { text: text.trim(), size: main.size, base: main.base, isRtl, isBold, left, right, top, bottom };
}

/** Words that are drawn in another order than they stand in. */
function joinNeighbours(segments: readonly Segment[]): Segment[] {
  return rowsOf(segments).flatMap((row) => {
    const joined: Segment[] = [];
    for (const segment of row.toSorted((a, b) => a.left - b.left)) {
      const last = joined.at(-1);
      const gap = last ? segment.left - last.right : Infinity;
      const size = last ? Math.min(last.size, segment.size) : 0;
      if (last && gap < WIDEST_SPACE * size && gap > -0.4 * size)
        joined[joined.length - 1] = join(last, segment);
      else joined.push(segment);
    }
    return joined;
  });
}

/** Two segments as one; `separator` where a space is not meant. */
export function join(left: Segment, right: Segment, separator?: string): Segment {
  const isRtl = left.isRtl && right.isRtl;
  const between = separator ?? (right.left - left.right > 0.18 * right.size ? " " : "");
  return {
    text: isRtl ? right.text + between + left.text : left.text + between + right.text,
    size: Math.max(left.size, right.size),
    base: left.size >= right.size ? left.base : right.base,
    isRtl,
    isBold: left.isBold && right.isBold,
    left: Math.min(left.left, right.left),
    right: Math.max(left.right, right.right),
    top: Math.min(left.top, right.top),
    bottom: Math.max(left.bottom, right.bottom),
  };
}

/**
 * Segments by the lines they stand on, from the top. Small ones a little higher or lower belong to the
 * line beside them.
 */
export function rowsOf(segments: readonly Segment[]): Segment[][] {
  const rows: Segment[][] = [];
  let main: Segment | null = null;
  let lowest = -Infinity;
  for (const segment of segments.toSorted((a, b) => a.base - b.base)) {
    const row = rows.at(-1);
    if (row && main) {
      const size = Math.max(main.size, segment.size);
      const offset = segment.base - main.base;
      const isScript = Math.min(main.size, segment.size) < 0.85 * size && offset < 0.5 * size;
      if (
        offset < 0.35 * Math.min(main.size, segment.size) ||
        (isScript && lowest - main.base < 0.6 * size)
      ) {
        row.push(segment);
        if (segment.size > main.size) main = segment;
        lowest = segment.base;
        continue;
      }
    }
    rows.push([segment]);
    main = segment;
    lowest = segment.base;
  }
  return rows;
}
