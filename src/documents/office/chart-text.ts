import { shownValue } from "./chart-values";
import { attributeOf, parseXml } from "./xml";

/** The words of a diagram (SmartArt), one line for each of its shapes. */
export function diagramText(xml: string): string {
  const lines: string[] = [];
  let line = "";
  let isInText = false;
  parseXml(xml, {
    open(name) {
      if (name === "pt") line = "";
      if (name === "t") isInText = true;
    },
    text(text) {
      if (isInText) line += text;
    },
    close(name) {
      if (name === "t") isInText = false;
      if (name === "p") line += " ";
      if (name === "pt" && line.trim() !== "") lines.push(`- ${line.trim()}`);
    },
  });
  return lines.join("\n");
}

/** A text of a chart that may stand in several paragraphs. */
class Words {
  readonly #pieces: string[] = [];
  add(text: string): void {
    this.#pieces.push(text);
  }
  endParagraph(): void {
    this.#pieces.push(" ");
  }
  toString(): string {
    return this.#pieces.join("").replace(/\s+/g, " ").trim();
  }
}

interface Series {
  readonly name: Words;
  readonly categories: string[];
  readonly values: string[];
  /** Bubbles have sizes beside their values. */
  readonly sizes: string[];
}

/** Values that one series may have; a hostile index would fill the memory. */
const MOST_POINTS = 10_000;

/** A chart under its title and what its axes measure; "" for one that says nothing. */
function written(title: string, axes: readonly string[], lines: readonly string[]): string {
  const named = axes.filter((axis) => axis !== "");
  if (title === "" && named.length === 0 && lines.length === 0) return "";
  const axesSaid = named.length === 0 ? "" : ` (axes: ${named.join("; ")})`;
  return [`[Chart${title === "" ? "" : `: ${title}`}${axesSaid}]`, ...lines].join("\n");
}

/** A chart as its title, its axes and a table of its series: what it would take to draw it. */
export function chartText(xml: string): string {
  const all: Series[] = [];
  const path: string[] = [];
  const title = new Words();
  const axes: Words[] = [];
  const labels: Words[] = [];
  let index = 0;
  let value = "";
  let format = "";
  const endValue = () => {
    const series = all.at(-1);
    if (!series || path.includes("dLbls")) return;
    const shown = shownValue(value, format);
    if (path.includes("cat") || path.includes("xVal")) {
      // Categories of several levels are under one number: "2024 Spring".
      const inner = series.categories[index];
      series.categories[index] = inner ? `${shown} ${inner}` : shown;
    } else if (path.includes("val") || path.includes("yVal")) series.values[index] = shown;
    else if (path.includes("bubbleSize")) series.sizes[index] = shown;
    else if (path.includes("tx")) series.name.add(value);
  };
  /** The text that a letter read now belongs to. */
  const wordsNow = (): Words | undefined => {
    if (path.includes("dLbls")) return labels.at(-1);
    if (path.includes("ser")) return undefined;
    if (!path.includes("title")) return undefined;
    return path.some((name) => name.endsWith("Ax")) ? axes.at(-1) : title;
  };
  parseXml(xml, {
    open(name, attributes) {
      path.push(name);
      if (name.endsWith("Ax")) axes.push(new Words());
      if (name === "dLbl") labels.push(new Words());
      if (name === "ser") all.push({ name: new Words(), categories: [], values: [], sizes: [] });
      if (name === "v") value = "";
      if (/^(?:cat|val|xVal|yVal|bubbleSize|formatCode)$/.test(name)) format = "";
      if (name === "pt")
        index = Math.max(0, Math.min(MOST_POINTS, Number(attributeOf(attributes, "idx")) || 0));
    },
    text(text) {
      const name = path.at(-1);
      // A title is text of its own ("t"), or that of a cell ("v").
      if (name === "t" || (name === "v" && path.includes("title"))) wordsNow()?.add(text);
      // A text comes in pieces where it has "&amp;".
      if (name === "v") value += text;
      if (name === "formatCode") format += text;
    },
    close(name) {
      if (name === "p") wordsNow()?.endParagraph();
      if (name === "v" && path.includes("ser")) endValue();
      path.pop();
    },
  });
  const said = labels.map(String).filter((label) => label !== "");
  return written(String(title), axes.map(String), [
    ...tableOf(all.map((series) => ({ ...series, name: String(series.name) }))),
    ...(said.length > 0 ? [said.join("; ")] : []),
  ]);
}

interface Column {
  readonly name: string;
  readonly categories: readonly string[];
  readonly values: readonly string[];
  readonly sizes?: readonly string[];
}

/**
 * The rows of the series; those that have categories of their own (points of a scatter chart) stand apart.
 */
function tableOf(columns: readonly Column[]): string[] {
  const first = columns.find((series) => series.categories.length > 0)?.categories ?? [];
  const groups = new Map<string, Column[]>();
  for (const series of columns) {
    const categories = series.categories.length > 0 ? series.categories : first;
    const key = categories.join("\n");
    groups.set(key, [...(groups.get(key) ?? []), { ...series, categories }]);
  }
  return [...groups.values()].flatMap(rowsOf);
}

function rowsOf(columns: readonly Column[]): string[] {
  const isEmpty = ({ name, values }: Column) => name === "" && values.every((value) => value.trim() === "");
  const categories = columns[0]?.categories ?? [];
  // A chart may hold no copy of the values that its sheet has.
  if (columns.every(isEmpty) && categories.length === 0) return [];
  const rows = [["", ...columns.map(({ name }) => name)].join(" | ")];
  const nRows = columns.reduce((most, { values }) => Math.max(most, values.length), categories.length);
  for (let at = 0; at < nRows; at++)
    rows.push(
      [categories[at] ?? String(at + 1), ...columns.map((series) => pointOf(series, at))].join(" | "),
    );
  return rows;
}

function pointOf({ values, sizes = [] }: Column, at: number): string {
  const value = values[at] ?? "";
  return sizes[at] === undefined ? value : `${value} (size ${sizes[at]})`;
}

/** A chart of the kinds since 2016 (waterfall, treemap), whose data stand apart from its series. */
export function chartExText(xml: string): string {
  const path: string[] = [];
  const title = new Words();
  const axes: Words[] = [];
  const data = new Map<string, { categories: string[]; values: string[] }>();
  const series: { readonly name: Words; id: string }[] = [];
  let columns: { categories: string[]; values: string[] } | undefined;
  let index = 0;
  let value = "";
  const wordsNow = () => {
    if (path.includes("series")) return path.includes("tx") ? series.at(-1)?.name : undefined;
    if (!path.includes("title")) return undefined;
    return path.includes("axis") ? axes.at(-1) : title;
  };
  parseXml(xml, {
    open(name, attributes) {
      path.push(name);
      const of = (key: string) => attributeOf(attributes, key) ?? "";
      if (name === "data") data.set(of("id"), (columns = { categories: [], values: [] }));
      if (name === "series") series.push({ name: new Words(), id: "" });
      if (name === "dataId" && series.length > 0) series.at(-1)!.id = of("val");
      if (name === "axis") axes.push(new Words());
      if (name === "pt") value = "";
      if (name === "pt") index = Math.max(0, Math.min(MOST_POINTS, Number(of("idx")) || 0));
    },
    text(text) {
      const name = path.at(-1);
      if (name === "t" || name === "v") wordsNow()?.add(text);
      if (name === "pt") value += text;
    },
    close(name) {
      if (name === "p") wordsNow()?.endParagraph();
      if (name === "pt" && columns) {
        // Levels are written from the inmost to the outmost.
        const inner = columns.categories[index];
        if (path.includes("numDim")) columns.values[index] = shownValue(value, "");
        else columns.categories[index] = inner === undefined ? value : `${value} ${inner}`;
      }
      path.pop();
    },
  });
  const shown = series.flatMap(({ name, id }) => {
    const own = data.get(id) ?? (series.length === 1 ? [...data.values()][0] : undefined);
    return own ? [{ name: String(name), ...own }] : [];
  });
  return written(String(title), axes.map(String), tableOf(shown));
}
