import { attributeOf, parseXml } from "../office/xml";

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

interface Series {
  name: string;
  readonly categories: string[];
  readonly values: string[];
}

/** A chart as its title and a table of its series: what it would take to draw it. */
export function chartText(xml: string): string {
  const all: Series[] = [];
  const path: string[] = [];
  let title = "";
  let index = 0;
  parseXml(xml, {
    open(name, attributes) {
      path.push(name);
      if (name === "ser") all.push({ name: "", categories: [], values: [] });
      if (name === "pt") index = Math.min(10_000, Number(attributeOf(attributes, "idx")) || 0);
    },
    text(text) {
      const name = path.at(-1);
      const series = all.at(-1);
      if (name === "t" && path.includes("title") && !path.includes("ser")) title += text;
      if (name !== "v" || !series) return;
      if (path.includes("cat") || path.includes("xVal")) series.categories[index] = text;
      else if (path.includes("val") || path.includes("yVal")) series.values[index] = text;
      else if (path.includes("tx")) series.name += text;
    },
    close: () => path.pop(),
  });
  const rows: string[] = [];
  const categories = all.find((series) => series.categories.length > 0)?.categories ?? [];
  if (all.length > 0) rows.push(["", ...all.map(({ name }) => name)].join(" | "));
  const nRows = all.reduce((most, { values }) => Math.max(most, values.length), categories.length);
  for (let at = 0; at < nRows; at++)
    rows.push([categories[at] ?? String(at + 1), ...all.map(({ values }) => values[at] ?? "")].join(" | "));
  return [`[Chart${title.trim() === "" ? "" : `: ${title.trim()}`}]`, ...rows].join("\n");
}
