import { formatCount, formatFixed, formatSignificant } from "../../../../ground/figures";
import { dateFormat } from "../../../../language/dates";
import { t } from "../../../../language/language";
import { withUnit } from "../../../../language/units";

export {
  counted,
  formatBytes,
  formatCount,
  formatFixed,
  formatRoundBytes,
  formatSignificant,
} from "../../../../ground/figures";

/** 5934000 → "5.9 million"; 752393024 → "752 million"; 4.02e9 → "4.0 billion". */
export function formatParameters(count: number): string {
  const isLarge = count >= 999.5e6;
  const value = count / (isLarge ? 1e9 : 1e6);
  const rounded = value < 100 ? formatFixed(value, 1) : Math.round(value);
  return isLarge ? t("{value} billion", { value: rounded }) : t("{value} million", { value: rounded });
}

/** Tokens per second: one decimal below 100. */
export const formatRate = (rate: number): string =>
  rate < 100 ? formatFixed(rate, 1) : formatCount(Math.round(rate));

export const formatShare = (share: number): string => withUnit(Math.round(share * 100), "%");

export const formatDay = (time: number): string => dateFormat("date").format(time);

/** 8 → "8 s"; 100 → "2 min"; 5000 → "1 h 24 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return t("{seconds} s", { seconds: Math.ceil(seconds) });
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60
    ? t("{minutes} min", { minutes })
    : t("{hours} h {minutes} min", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** 2.31e9 → "2.31 G"; none are a dash. */
export function formatOperations(count: number): string {
  if (count === 0) return "–";
  const [unit, size] = (
    [
      ["T", 1e12],
      ["G", 1e9],
    ] as const
  ).find(([, one]) => count >= one) ?? ["M", 1e6];
  return withUnit(formatSignificant(count / size, 3), unit);
}
