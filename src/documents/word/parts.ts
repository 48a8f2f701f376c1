import { DocumentError } from "../../ground/errors";
import { Archive } from "../archive/unpack";
import { Drawings, isDrawing } from "../office/drawings";
import { pathOf, relationshipsOf, relsPathOf } from "../office/relationships";
import { attributeOf, parseXml } from "../office/xml";
import { t } from "../../language/language";

/** A part that holds text, as XML. */
export interface WordPart {
  readonly xml: string;
  /** Targets of the links in it, by the id of the relationship: each part has ids of its own. */
  readonly links: ReadonlyMap<string, string>;
  /** Finds the text of a chart or a diagram in it, by the id of the relationship. */
  readonly drawing: (id: string) => string | undefined;
}

/** The parts of a Word document; those that it does not have are empty. */
export interface WordParts {
  readonly main: WordPart;
  readonly styles: string;
  readonly numbering: string;
  readonly footnotes: WordPart;
  readonly endnotes: WordPart;
  readonly comments: WordPart;
  readonly headers: readonly WordPart[];
  readonly footers: readonly WordPart[];
  /** The paths of all parts, read or not. */
  readonly paths: readonly string[];
}

/**
 * Finds the parts by their relationships, then by content type, then by their usual names: files of other
 * programs name the main part as they like, or have no relationships at all.
 *
 * @throws DocumentError  when it is no Word document, is damaged, or unpacks to more than `mostXmlBytes`
 */
export function wordParts(bytes: Uint8Array, name: string, mostXmlBytes: number): WordParts {
  const archive = new Archive(bytes, name, mostXmlBytes);
  const paths: string[] = [];
  const index = archive.texts((path) => {
    paths.push(path);
    return path.endsWith(".rels") || path === "[content_types].xml";
  });
  const known = new Set(paths);
  const mainPath = mainPathOf(index, known);
  if (mainPath === undefined) throw notWord(name);
  const folder = mainPath.slice(0, mainPath.lastIndexOf("/") + 1);
  const relationships = relationshipsOf(index.get(relsPathOf(mainPath)) ?? "", folder);
  const found = (kind: string, usualName: RegExp) => {
    const named = relationships
      .filter((one) => one.kind === kind && !one.isExternal)
      .map((one) => one.target)
      .filter((path) => known.has(path));
    return named.length > 0
      ? named
      : paths.filter((path) => path.startsWith(folder) && usualName.test(path.slice(folder.length)));
  };
  const places = {
    styles: found("styles", /^styles\.xml$/),
    numbering: found("numbering", /^numbering\.xml$/),
    footnotes: found("footnotes", /^footnotes\.xml$/),
    endnotes: found("endnotes", /^endnotes\.xml$/),
    comments: found("comments", /^comments\.xml$/),
    headers: found("header", /^header\d*\.xml$/),
    footers: found("footer", /^footer\d*\.xml$/),
  };
  const texts = [mainPath, ...Object.values(places).flat()];
  const relationsOf = (path: string) => relationshipsOf(index.get(relsPathOf(path)) ?? "", folder);
  const drawings = texts.flatMap(relationsOf).filter(isDrawing);
  const wanted = new Set([...texts, ...drawings.map((one) => one.target)]);
  const files = archive.texts((path) => wanted.has(path));
  const main = files.get(mainPath);
  if (main === undefined || !isDocument(main)) throw notWord(name);
  const shown = new Drawings(files);
  const partOf = (path: string): WordPart => {
    const relations = relationsOf(path);
    const links = relations.filter((one) => one.isExternal);
    return {
      xml: files.get(path) ?? "",
      links: new Map(links.map((one) => [one.id, one.target])),
      drawing: shown.of(relations),
    };
  };
  const first = (list: readonly string[]) => partOf(list[0] ?? "");
  const all = (list: readonly string[]) => [...new Set(list)].sort().map(partOf);
  return {
    main: partOf(mainPath),
    styles: first(places.styles).xml,
    numbering: first(places.numbering).xml,
    footnotes: first(places.footnotes),
    endnotes: first(places.endnotes),
    comments: first(places.comments),
    headers: all(places.headers),
    footers: all(places.footers),
    paths,
  };
}

function mainPathOf(index: ReadonlyMap<string, string>, paths: ReadonlySet<string>): string | undefined {
  const named = relationshipsOf(index.get("_rels/.rels") ?? "", "").find(
    (one) => one.kind === "officeDocument" && !one.isExternal && paths.has(one.target),
  );
  if (named) return named.target;
  let typed: string | undefined;
  parseXml(index.get("[content_types].xml") ?? "", {
    open(_, attributes) {
      const type = attributeOf(attributes, "ContentType") ?? "";
      const path = pathOf(attributeOf(attributes, "PartName") ?? "", "");
      if (/word.*(?:document|template)\S*\.main\+xml$/i.test(type) && paths.has(path)) typed ??= path;
    },
  });
  return typed ?? (paths.has("word/document.xml") ? "word/document.xml" : undefined);
}

/** A main part of Excel or PowerPoint has another root. Zeros are not XML, but they may be a Word file's. */
function isDocument(xml: string): boolean {
  const root = /<(?:[\w.-]+:)?([A-Za-z]\w*)[\s/>]/.exec(xml.slice(0, 20_000))?.[1];
  return root === undefined || root === "document" || root === "glossaryDocument";
}

const notWord = (name: string) =>
  new DocumentError(t("“{name}” is packed as files of Office are, but holds no text of Word.", { name }), {
    hint: t("Open it in its own program, save it as .docx or PDF, and attach that."),
  });
