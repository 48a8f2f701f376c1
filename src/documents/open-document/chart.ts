import { SheetText } from "../spreadsheet/sheet-text";
import { parseXml } from "../office/xml";
import { OpenRows } from "./rows";
import type { OpenStyles } from "./styles";

/** A chart of an OpenDocument file: its titles, and the table that it keeps of its values. */
export function openChartText(xml: string, styles: OpenStyles, name: string): string {
  const rows = new OpenRows(styles, name);
  const titles: string[] = [];
  const axes: string[] = [];
  let title: string[] | undefined;
  let tableDepth = 0;
  const path: string[] = [];
  parseXml(xml, {
    open(element, attributes) {
      path.push(element);
      if (element === "table") tableDepth++;
      if (tableDepth > 0) return rows.open(element, attributes);
      if (element === "title" || element === "subtitle") title = [];
    },
    text(text) {
      if (tableDepth > 0) rows.text(text);
      else if (path.at(-1) === "p" || path.at(-1) === "span") title?.push(text);
    },
    close(element) {
      path.pop();
      if (tableDepth > 0) rows.close(element);
      if (element === "table") tableDepth--;
      if ((element !== "title" && element !== "subtitle") || !title) return;
      const text = title.join("").replace(/\s+/g, " ").trim();
      if (text !== "") (path.includes("axis") ? axes : titles).push(text);
      title = undefined;
    },
  });
  const table = rows.sheets.map((sheet) => new SheetText(name).rows(sheet.rows)).join("\n");
  if (table === "" && titles.length === 0 && axes.length === 0) return "";
  const heading = titles.length === 0 ? "" : `: ${titles.join(", ")}`;
  const axesSaid = axes.length === 0 ? "" : ` (axes: ${axes.join("; ")})`;
  return [`[Chart${heading}${axesSaid}]`, table].filter((line) => line !== "").join("\n");
}
