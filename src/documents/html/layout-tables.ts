import { walkPage } from "./walk-page";

/** A cell with this many letters in several paragraphs is a column of a page. */
const LONG_CELL = 400;

interface OpenTable {
  readonly element: number;
  isData: boolean;
  isLayout: boolean;
  nLetters: number;
  nParagraphs: number;
}

/**
 * Finds the tables that place parts of a page beside each other, as older pages have them: those with a
 * heading, a table, or several paragraphs in a cell. Their cells are no rows of values.
 */
export function tablesOfLayout(html: string, name: string): ReadonlySet<number> {
  const found = new Set<number>();
  if (!/<table/i.test(html)) return found;
  const open: OpenTable[] = [];
  walkPage(
    html,
    {
      open(tag, attributes, element) {
        const table = open.at(-1);
        if (tag === "table") {
          if (table) table.isLayout = true;
          const isLayout = /^(?:presentation|none)$/.test(attributes["role"] ?? "");
          open.push({ element, isData: false, isLayout, nLetters: 0, nParagraphs: 0 });
        } else if (!table) return;
        else if (tag === "th" || tag === "caption") table.isData = true;
        else if (tag === "td") table.nLetters = table.nParagraphs = 0;
        else if (/^h[1-4]$/.test(tag)) table.isLayout = true;
        else if (/^(?:p|blockquote|pre)$/.test(tag)) table.nParagraphs++;
      },
      text(text) {
        const table = open.at(-1);
        if (!table) return;
        table.nLetters += text.trim().length;
        if (table.nLetters > LONG_CELL && table.nParagraphs > 1) table.isLayout = true;
      },
      close(tag) {
        const table = tag === "table" ? open.pop() : undefined;
        if (table?.isLayout && !table.isData) found.add(table.element);
      },
    },
    name,
  );
  return found;
}
