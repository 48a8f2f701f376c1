import { withAccents } from "./accents";

/** A run of text as pdf.js gives it; y grows upwards. */
export interface PageItem {
  readonly str: string;
  readonly dir: string;
  readonly width: number;
  readonly height: number;
  /** Six numbers, of which the last two are where it begins. */
  readonly transform: readonly number[];
  /** Its font writes from the top down. */
  readonly isVertical?: boolean;
  readonly fontName?: string;
  readonly isBold?: boolean;
}

/** y grows downwards, as lines are read. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A run of text, turned so that it reads from left to right (or from right to left). */
export interface Piece extends Box {
  readonly str: string;
  readonly size: number;
  /** The height at which its letters stand. */
  readonly base: number;
  readonly isRtl: boolean;
  readonly isBold: boolean;
  /** pdf.js saw a space before it, or a gap that it takes for one. */
  readonly hasSpaceBefore?: boolean;
}

/** Text of one direction: 0 upright; 1, 2, 3 turned by as many quarters, clockwise. */
export interface Frame {
  readonly turn: number;
  readonly pieces: Piece[];
}

type Matrix = readonly number[];

const multiply = (m: Matrix, n: Matrix): number[] => [
  m[0]! * n[0]! + m[2]! * n[1]!,
  m[1]! * n[0]! + m[3]! * n[1]!,
  m[0]! * n[2]! + m[2]! * n[3]!,
  m[1]! * n[2]! + m[3]! * n[3]!,
  m[0]! * n[4]! + m[2]! * n[5]! + m[4]!,
  m[1]! * n[4]! + m[3]! * n[5]! + m[5]!,
];

/**
 * A point of the page in the coordinates of text turned by `turn` quarters: along the line, and down
 * from line to line.
 */
function turned(x: number, y: number, turn: number): readonly [along: number, down: number] {
  switch (turn) {
    case 1:
      return [y, -x];
    case 2:
      return [-x, -y];
    case 3:
      return [-y, x];
    default:
      return [x, y];
  }
}

/**
 * The page's text by direction, the one with most letters first, without what pdf.js puts in for gaps.
 *
 * @param toPage the matrix of the page's viewport, which has its /Rotate and turns y downwards
 */
export function framesOf(items: readonly PageItem[], toPage: Matrix): readonly Frame[] {
  const frames = new Map<number, Piece[]>();
  const isStacked = findStacked(items);
  const oddSizes = sizesOfOddFonts(items);
  let hasSpaceBefore = false;
  for (const [
    at,
    { str, dir, width, height, transform, fontName, isBold = false, isVertical: hasVerticalFont },
  ] of items.entries()) {
    if (str.trim() === "") {
      // pdf.js fills gaps with spaces, between columns too.
      hasSpaceBefore = str !== "";
      continue;
    }
    const [a, b, c, d, x, y] = multiply(toPage, transform) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const across = Math.hypot(a, b);
    const said = (hasVerticalFont ? across : Math.hypot(c, d)) || height || across || 1;
    const size = oddSizes.get(fontName ?? "") ?? said;
    const isVertical = hasVerticalFont === true || isStacked.has(at);
    const quarter = Math.round(Math.atan2(b, a) / (Math.PI / 2));
    const turn = (quarter + (isVertical ? 1 : 0) + 4) % 4;
    const [along, down] = turned(x, y, turn);
    const left = isStacked.has(at) ? along - 0.88 * size : along;
    const base = hasVerticalFont ? down + 0.38 * size : down;
    const length = hasVerticalFont ? height : isStacked.has(at) ? size : width;
    const piece = {
      str,
      size,
      base,
      left,
      right: left + length,
      top: base - 0.8 * size,
      bottom: base + 0.2 * size,
      isRtl: dir === "rtl",
      isBold,
      ...(hasSpaceBefore && { hasSpaceBefore }),
    };
    hasSpaceBefore = false;
    if (![piece.left, piece.right, piece.base].every(Number.isFinite)) continue;
    const frame = frames.get(turn);
    if (frame) frame.push(piece);
    else frames.set(turn, [piece]);
  }
  const lengthOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { str }) => sum + str.length, 0);
  return [...frames]
    .map(([turn, pieces]) => ({
      turn,
      pieces: withAccents(withoutDoubles(pieces)),
      length: lengthOf(pieces),
    }))
    .sort((a, b) => b.length - a.length);
}

/**
 * Sizes of fonts whose letters are said to be many times as high, or as low, as they are wide: fonts of drawn
 * letters have heights of their own.
 */
function sizesOfOddFonts(items: readonly PageItem[]): ReadonlyMap<string, number> {
  const fonts = new Map<string, { width: number; letters: number; heights: number }>();
  for (const { str, width, height, fontName = "", isVertical } of items) {
    const letters = str.trim().length;
    if (letters === 0 || isVertical) continue;
    const font = fonts.get(fontName) ?? { width: 0, letters: 0, heights: 0 };
    font.width += width;
    font.letters += letters;
    font.heights += height * letters;
    fonts.set(fontName, font);
  }
  const odd = new Map<string, number>();
  for (const [name, { width, letters, heights }] of fonts) {
    const ratio = heights / width;
    // A letter is about half as wide as high.
    if (width > 0 && (ratio > 8 || (ratio < 0.5 && letters >= 20))) odd.set(name, (2 * width) / letters);
  }
  return odd;
}

const ideographs = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}、。「」『』ー（）]+$/u;

/**
 * Letters of an upright font set one below the other: vertical Japanese of a writer that knows no
 * vertical fonts.
 */
function findStacked(items: readonly PageItem[]): ReadonlySet<number> {
  const stacked = new Set<number>();
  let nSingle = 0;
  let last: { at: number; x: number; y: number; size: number } | null = null;
  for (const [at, { str, height, transform, isVertical }] of items.entries()) {
    if (str.trim() === "") continue;
    const [, , , , x = 0, y = 0] = transform;
    if (isVertical || [...str].length !== 1 || !ideographs.test(str)) {
      last = null;
      continue;
    }
    nSingle++;
    if (last) {
      const step = (last.y - y) / (height || 1);
      if (Math.abs(x - last.x) < 0.3 * height && step > 0.7 && step < 1.8) stacked.add(at).add(last.at);
    }
    last = { at, x, y, size: height };
  }
  return stacked.size >= 6 && stacked.size > 0.6 * nSingle ? stacked : new Set();
}

/** Drops what is drawn again in nearly the same place, which makes it bold or gives it a shadow. */
function withoutDoubles(pieces: readonly Piece[]): Piece[] {
  const seen = new Map<string, Piece[]>();
  return pieces.filter((piece) => {
    const { str, left, right, base, size } = piece;
    // Half of a letter's width: the same letter twice in a word is further apart.
    const near = Math.min(0.3 * size, (0.5 * (right - left)) / str.trim().length);
    const cell = Math.round(base / size);
    for (const row of [cell - 1, cell, cell + 1])
      for (const one of seen.get(`${row} ${str}`) ?? [])
        if (Math.abs(one.left - left) <= near && Math.abs(one.base - base) <= 0.3 * size) return false;
    const key = `${cell} ${str}`;
    const before = seen.get(key);
    // A row of equal cells stays short to look through: far to the left nothing can be near.
    if (before) before.push(piece);
    else seen.set(key, [piece]);
    if (before && before.length > 32) before.splice(0, 16);
    return true;
  });
}
