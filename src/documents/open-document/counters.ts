import { formatNumber } from "../word/number-formats";
import type { ListLevel } from "./styles";

const formats: Readonly<Record<string, string>> = {
  i: "lowerRoman",
  I: "upperRoman",
  a: "lowerLetter",
  A: "upperLetter",
};

/** Counts the items of one list, or the headings. */
export class Counter {
  readonly #levels: ReadonlyMap<number, ListLevel>;
  readonly #values: number[] = [];

  constructor(levels: ReadonlyMap<number, ListLevel>) {
    this.#levels = levels;
  }

  /** The number of the next item of a level, counted from 1; "" where the level has none. */
  next(level: number, start?: number): string {
    const own = this.#levels.get(level);
    this.#values.length = Math.min(this.#values.length, level);
    this.#values[level - 1] = start ?? (this.#values[level - 1] ?? (own?.start ?? 1) - 1) + 1;
    if (!own || own.format === "") return "";
    const numbers: string[] = [];
    for (let at = Math.max(1, level - own.shown + 1); at <= level; at++) {
      const format = this.#levels.get(at)?.format ?? "";
      if (format === "") continue;
      const value = this.#values[at - 1] ?? this.#levels.get(at)?.start ?? 1;
      numbers.push(formatNumber(value, formats[format] ?? "decimal"));
    }
    return `${own.prefix}${numbers.join(".")}${own.suffix}`;
  }
}
