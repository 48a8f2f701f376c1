import { languageTag } from "./language";

const styles = {
  /** 14:05 */
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** Nov 30 */
  day: { day: "numeric", month: "short" },
  /** Nov 30, 2026 */
  date: { dateStyle: "medium" },
  /** November 2026 */
  month: { month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

let tag = "";
const made = new Map<keyof typeof styles, Intl.DateTimeFormat>();

/** The way to write a time in the language spoken now; made once for each, since making one takes long. */
export function dateFormat(style: keyof typeof styles): Intl.DateTimeFormat {
  if (tag !== languageTag()) made.clear();
  tag = languageTag();
  const format = made.get(style) ?? new Intl.DateTimeFormat(tag, styles[style]);
  made.set(style, format);
  return format;
}
