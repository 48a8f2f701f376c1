/** A "log2" axis writes powers of two, a "log10" axis 1, 2 and 5 times powers of ten. */
export type ScaleKind = "linear" | "log2" | "log10";

/** Maps values to pixels, and says which round values to write at an axis. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** @param pixels  where the smallest and the largest value lie */
export function makeScale(
  kind: ScaleKind,
  values: readonly [min: number, max: number],
  pixels: readonly [from: number, to: number],
  mostTicks: number,
): Scale {
  const [min, max] = values;
  const [from, to] = pixels;
  const place = (share: number) => from + share * (to - from);
  if (max <= min) return { at: () => place(0.5), ticks: [min] };
  if (kind === "linear")
    return { at: (value) => place((value - min) / (max - min)), ticks: roundTicks(min, max, mostTicks) };
  const [low, high] = [Math.log2(min), Math.log2(max)];
  return {
    at: (value) => place((Math.log2(value) - low) / (high - low)),
    ticks: kind === "log2" ? powers(low, high, mostTicks) : decimalTicks(min, max, mostTicks),
  };
}

/** Multiples of 1, 2 or 5 times a power of ten in [min, max]. */
function roundTicks(min: number, max: number, most: number): readonly number[] {
  const coarse = (max - min) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(coarse));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= coarse) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Powers of two, every second or third of them where they would crowd. */
function powers(low: number, high: number, most: number): readonly number[] {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => 2 ** (first + i * every));
}

/**
 * 1, 2 and 5 times each power of ten; only the powers where those would crowd, and not all of them where
 * these do.
 */
function decimalTicks(min: number, max: number, most: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const isInside = (tick: number) => tick >= min && tick <= max;
  const fine = exponents.flatMap((exponent) => [1, 2, 5].map((factor) => factor * 10 ** exponent));
  if (fine.filter(isInside).length <= most) return fine.filter(isInside);
  const coarse = exponents.map((exponent) => 10 ** exponent).filter(isInside);
  const every = Math.ceil(coarse.length / most);
  return coarse.filter((_, i) => i % every === 0);
}
