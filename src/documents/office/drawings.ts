import { chartExText, chartText, diagramText } from "./chart-text";
import type { Relationship } from "./relationships";

const readers: Readonly<Record<string, (xml: string) => string>> = {
  chart: chartText,
  chartEx: chartExText,
  diagramData: diagramText,
};

/** Says that a relationship leads to a chart or a diagram. */
export const isDrawing = ({ kind, isExternal }: Relationship): boolean =>
  !isExternal && Object.hasOwn(readers, kind);

/**
 * Charts and diagrams that drawings refer to. Each is read once, however often a hostile file shows it: a
 * program writes a part for each place.
 */
export class Drawings {
  readonly #parts: ReadonlyMap<string, string>;
  readonly #read = new Set<string>();

  constructor(parts: ReadonlyMap<string, string>) {
    this.#parts = parts;
  }

  /** Finds texts by the ids of a part's relationships: "" for one that was given before, or says nothing. */
  of(relationships: readonly Relationship[]): (id: string) => string | undefined {
    const drawings = new Map(relationships.filter(isDrawing).map((one) => [one.id, one]));
    return (id) => {
      const { kind = "", target = "" } = drawings.get(id) ?? {};
      if (this.#read.has(target)) return "";
      const xml = this.#parts.get(target);
      const text = xml === undefined ? "" : readers[kind]!(xml);
      if (text === "") return undefined;
      this.#read.add(target);
      return text;
    };
  }
}
