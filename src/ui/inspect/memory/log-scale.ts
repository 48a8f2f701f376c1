/** Maps values from [low, high] to [from, to], both on a logarithmic scale. */
export function logScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): (value: number) => number {
  const span = Math.log(high / low);
  return (value) => from + ((to - from) * Math.log(Math.max(low, Math.min(high, value)) / low)) / span;
}

/** Powers of `base` from `low` to `high`, thinned so that at most `most` are left. */
export function powersBetween(low: number, high: number, base: number, most: number): number[] {
  const logOf = (value: number) => Math.log(value) / Math.log(base);
  const first = Math.ceil(logOf(low) - 1e-9);
  const last = Math.floor(logOf(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / most));
  const powers: number[] = [];
  for (let exponent = first; exponent <= last; exponent += stride) powers.push(base ** exponent);
  return powers;
}
