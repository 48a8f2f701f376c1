import { attributeOf, parseXml } from "../office/xml";

/** The number before an item of a list, at one level. */
export interface ListLevel {
  readonly format: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  /** The number of levels that are shown: 2 for "4.2". */
  readonly shown: number;
}

/** The styles that change the text itself: what is hidden, and how lists are numbered. */
export interface OpenStyles {
  readonly hidden: ReadonlySet<string>;
  /** Styles of raised and lowered letters. */
  readonly raised: ReadonlyMap<string, "sub" | "sup">;
  readonly hiddenTables: ReadonlySet<string>;
  /** Levels by the name of the list's style. */
  readonly lists: ReadonlyMap<string, ReadonlyMap<number, ListLevel>>;
  /** The list's style of a paragraph's style. */
  readonly listOf: ReadonlyMap<string, string>;
  readonly headings: ReadonlyMap<number, ListLevel>;
}

export function readStyles(parts: readonly string[]): OpenStyles {
  const hidden = new Set<string>();
  const raised = new Map<string, "sub" | "sup">();
  const hiddenTables = new Set<string>();
  const lists = new Map<string, Map<number, ListLevel>>();
  const listOf = new Map<string, string>();
  const headings = new Map<number, ListLevel>();
  for (const xml of parts) {
    let style = "";
    let levels: Map<number, ListLevel> | undefined;
    parseXml(xml, {
      open(name, attributes) {
        const of = (key: string) => attributeOf(attributes, key) ?? "";
        switch (name) {
          case "style":
            style = of("name");
            if (of("list-style-name") !== "") listOf.set(style, of("list-style-name"));
            break;
          case "text-properties":
            if (of("display") === "none") hidden.add(style);
            if (/^(?:super|[1-9])/.test(of("text-position"))) raised.set(style, "sup");
            if (/^(?:sub|-)/.test(of("text-position"))) raised.set(style, "sub");
            break;
          case "table-properties":
            if (of("display") === "false") hiddenTables.add(style);
            break;
          case "list-style":
            levels = new Map<number, ListLevel>();
            lists.set(of("name"), levels);
            break;
          case "outline-style":
            levels = headings;
            break;
          case "list-level-style-number":
          case "outline-level-style":
            levels?.set(Number(of("level")) || 1, {
              format: of("num-format"),
              prefix: of("num-prefix").slice(0, 20),
              suffix: of("num-suffix").slice(0, 20),
              start: Number(of("start-value") || 1),
              shown: Math.min(10, Number(of("display-levels")) || 1),
            });
            break;
        }
      },
    });
  }
  return { hidden, raised, hiddenTables, lists, listOf, headings };
}
