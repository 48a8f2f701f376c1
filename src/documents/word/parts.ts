import { Unzip, UnzipInflate } from "fflate";
import { DocumentError } from "../../ground/errors";
import { formatBytes, formatRoundBytes } from "../../ground/figures";
import { attributeOf, parseXml } from "./xml";

/** The limit for unpacked XML. A book of 1,000 pages has some 20 MB; a zip bomb has gigabytes. */
export const MOST_XML_BYTES = 128e6;
const PUSHED_BYTES = 65_536;

/** The parts of a Word document that hold text, as XML. */
export interface WordParts {
  readonly main: string;
  readonly styles: string;
  readonly numbering: string;
  readonly footnotes: string;
  readonly endnotes: string;
  readonly comments: string;
  readonly headers: readonly string[];
  readonly footers: readonly string[];
  /** Targets of the links in a part, by the id of the relationship. */
  readonly links: ReadonlyMap<string, string>;
}

interface Relationship {
  readonly id: string;
  readonly kind: string;
  readonly target: string;
  readonly isExternal: boolean;
}

/**
 * Finds the parts by their relationships, then by content type, then by their usual names: files of other
 * programs name the main part as they like, or have no relationships at all.
 *
 * @throws DocumentError  when it is no Word document, is damaged, or unpacks to more than `mostXmlBytes`
 */
export function wordParts(bytes: Uint8Array, name: string, mostXmlBytes: number): WordParts {
  const budget = { bytes: mostXmlBytes };
  const unpackWhere = (isWanted: (path: string) => boolean) =>
    unpack(bytes, name, isWanted, budget, mostXmlBytes);
  const paths: string[] = [];
  const index = unpackWhere((path) => {
    paths.push(path);
    return path.endsWith(".rels") || path === "[content_types].xml";
  });
  const known = new Set(paths);
  const mainPath = mainPathOf(index, known);
  if (mainPath === undefined) throw notWord(name);
  const folder = mainPath.slice(0, mainPath.lastIndexOf("/") + 1);
  const relsPath = `${folder}_rels/${mainPath.slice(folder.length)}.rels`;
  const relationships = relationshipsOf(index.get(relsPath) ?? "", folder);
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
  const wanted = new Set([mainPath, ...Object.values(places).flat()]);
  const files = unpackWhere((path) => wanted.has(path));
  const main = files.get(mainPath);
  if (main === undefined || !isDocument(main)) throw notWord(name);
  const first = (list: readonly string[]) => files.get(list[0] ?? "") ?? "";
  const all = (list: readonly string[]) => [...new Set(list)].sort().map((path) => files.get(path) ?? "");
  return {
    main,
    styles: first(places.styles),
    numbering: first(places.numbering),
    footnotes: first(places.footnotes),
    endnotes: first(places.endnotes),
    comments: first(places.comments),
    headers: all(places.headers),
    footers: all(places.footers),
    links: new Map(relationships.filter((one) => one.isExternal).map((one) => [one.id, one.target])),
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

function relationshipsOf(xml: string, folder: string): Relationship[] {
  const relationships: Relationship[] = [];
  parseXml(xml, {
    open(tag, attributes) {
      if (tag !== "Relationship") return;
      const isExternal = /^external$/i.test(attributeOf(attributes, "TargetMode") ?? "");
      const target = attributeOf(attributes, "Target") ?? "";
      relationships.push({
        id: attributeOf(attributes, "Id") ?? "",
        kind: (attributeOf(attributes, "Type") ?? "").split("/").at(-1)!,
        target: isExternal ? target : pathOf(target, folder),
        isExternal,
      });
    },
  });
  return relationships;
}

/**
 * The place in the archive: without a leading slash and dots, in small letters, as Windows compares names.
 */
function pathOf(target: string, folder: string): string {
  const whole = target.replaceAll("\\", "/");
  const out: string[] = [];
  for (const step of (whole.startsWith("/") ? whole : folder + whole).split("/")) {
    if (step === "..") out.pop();
    else if (step !== "" && step !== ".") out.push(step);
  }
  return out.join("/").toLowerCase();
}

/** A main part of Excel or PowerPoint has another root. Zeros are not XML, but they may be a Word file's. */
function isDocument(xml: string): boolean {
  const root = /<(?:[\w.-]+:)?([A-Za-z]\w*)[\s/>]/.exec(xml.slice(0, 20_000))?.[1];
  return root === undefined || root === "document" || root === "glossaryDocument";
}

function unpack(
  bytes: Uint8Array,
  name: string,
  isWanted: (path: string) => boolean,
  budget: { bytes: number },
  mostXmlBytes: number,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const unzip = new Unzip((file) => {
    const path = pathOf(file.name, "");
    if (!isWanted(path)) return;
    let decoder: TextDecoder | undefined;
    const pieces: string[] = [];
    file.ondata = (error, chunk, isFinal) => {
      if (error) throw error;
      budget.bytes -= chunk.length;
      if (budget.bytes < 0) throw tooLarge(name, bytes.length, mostXmlBytes);
      if (chunk.length > 1) decoder ??= new TextDecoder(encodingOf(chunk));
      pieces.push((decoder ?? new TextDecoder()).decode(chunk, { stream: !isFinal }));
      if (isFinal) files.set(path, pieces.join(""));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += PUSHED_BYTES)
      unzip.push(bytes.subarray(at, at + PUSHED_BYTES), at + PUSHED_BYTES >= bytes.length);
  } catch (cause) {
    if (cause instanceof DocumentError) throw cause;
    throw new DocumentError(`“${name}” is damaged: it could not be unpacked.`, {
      hint: "Get the file again, or open it in a word processor and save it anew.",
      cause,
    });
  }
  return files;
}

/** XML in UTF-16 has a mark, or "<" in two bytes. */
function encodingOf(chunk: Uint8Array): string {
  const start = chunk[0]! * 256 + chunk[1]!;
  if (start === 0xfffe || start === 0x3c00) return "utf-16le";
  return start === 0xfeff || start === 0x003c ? "utf-16be" : "utf-8";
}

const notWord = (name: string) =>
  new DocumentError(`“${name}” is a zip file, but not a Word document.`, {
    hint: "Unpack it and attach the files in it, or save the document as .docx or PDF.",
  });

const tooLarge = (name: string, sizeBytes: number, mostXmlBytes: number) =>
  new DocumentError(
    `“${name}” has ${formatBytes(sizeBytes)} and unpacks to more than ${formatRoundBytes(mostXmlBytes)} of text.`,
    { hint: "Save the part you need as a document of its own." },
  );
