import { formatCount, formatSignificant } from "../../parts/words/format";

/** A token as it can be seen: blanks and line ends have a sign of their own. */
export const visible = (text: string): string =>
  text === "" ? "∅" : text.replaceAll("\n", "⏎").replaceAll("\t", "⇥").replaceAll(" ", "·");

/** Three figures, and no powers of ten below a million: 6992.4 → "6,992". */
export const figure = (value: number): string =>
  value >= 1000 && value < 1e6 ? formatCount(Math.round(value)) : formatSignificant(value, 3);
