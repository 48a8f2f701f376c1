/** 1024 → "1K", 1048576 → "1M", 20 → "20"; contexts are powers of two. */
export function formatTokens(tokens: number): string {
  if (tokens >= 2 ** 20) return `${round(tokens / 2 ** 20)}M`;
  return tokens >= 1024 ? `${round(tokens / 1024)}K` : String(tokens);
}

const round = (value: number) => Number(value.toPrecision(3));
