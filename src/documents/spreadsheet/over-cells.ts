import type { Archive } from "../archive/unpack";
import type { Losses, LossKind } from "../losses";
import { Drawings } from "../office/drawings";
import { countMacros } from "../office/package-losses";
import { relationshipsOf, relsPathOf, type Relationship } from "../office/relationships";
import { parseXml } from "../office/xml";
import { SlideText } from "../slides/slide-text";

/** Parts that a sheet refers to and that hold no text, by the kind of the relationship. */
const counted: Readonly<Record<string, LossKind>> = {
  oleObject: "object",
  package: "object",
  control: "control",
  ctrlProp: "control",
  slicer: "control",
};

interface OverCells {
  readonly text: string;
  /** The path of the sheet in the archive. */
  readonly path: string;
}

/**
 * The texts that lie over the cells of a workbook's sheets: charts as tables, boxes, what pictures show.
 * SheetJS reads none of them.
 *
 * @returns what there is over the sheet of a number, counted from 0
 */
export function textsOverCells(archive: Archive, losses: Losses): (sheet: number) => OverCells {
  const paths: string[] = [];
  const parts = archive.texts((path) => {
    paths.push(path);
    return /^xl\/(?:workbook\.xml$|(?:drawings|charts|diagrams)\/.*\.(?:xml|rels)$|.*_rels\/[^/]+\.rels$)/.test(
      path,
    );
  });
  countMacros(paths, losses);
  const drawings = new Drawings(parts);
  const relationsOf = (path: string): Relationship[] =>
    relationshipsOf(parts.get(relsPathOf(path)) ?? "", path.slice(0, path.lastIndexOf("/") + 1));
  const sheets = sheetPaths(parts.get("xl/workbook.xml") ?? "", relationsOf, paths);
  return (sheet) => {
    const texts: string[] = [];
    for (const { kind, target } of relationsOf(sheets[sheet] ?? "")) {
      const lost = Object.hasOwn(counted, kind) ? counted[kind] : undefined;
      if (lost) losses.add(lost);
      if (kind !== "drawing") continue;
      const relations = relationsOf(target);
      const links = relations.filter(({ isExternal }) => isExternal);
      const drawing = new SlideText({
        links: new Map(links.map((one) => [one.id, one.target])),
        drawing: drawings.of(relations),
        losses,
      });
      parseXml(parts.get(target) ?? "", drawing);
      texts.push(drawing.take());
    }
    return { text: texts.filter((text) => text !== "").join("\n\n"), path: sheets[sheet] ?? "" };
  };
}

/**
 * The paths of the sheets in the order of the workbook; in .xlsb, whose workbook is no XML, by their numbers.
 */
function sheetPaths(
  workbook: string,
  relationsOf: (path: string) => Relationship[],
  paths: readonly string[],
): string[] {
  const targets = new Map(relationsOf("xl/workbook.xml").map(({ id, target }) => [id, target]));
  const sheets: string[] = [];
  parseXml(workbook, {
    open(name, attributes) {
      if (name !== "sheet") return;
      const key = Object.keys(attributes).find((one) => one.endsWith(":id")) ?? "";
      sheets.push(targets.get(attributes[key] ?? "") ?? "");
    },
  });
  if (sheets.length > 0) return sheets;
  const numberOf = (path: string) => Number(/\d+/.exec(path.slice(path.lastIndexOf("/")))?.[0] ?? 0);
  return paths
    .map((path) => path.toLowerCase())
    .filter((path) => /^xl\/worksheets\/[^/]+\.bin$/.test(path))
    .sort((a, b) => numberOf(a) - numberOf(b));
}
