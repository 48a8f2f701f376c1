import { DocumentError } from "../../ground/errors";
import { Archive, MOST_XML_BYTES } from "../archive/unpack";
import { relationshipsOf, relsPathOf, type Relationship } from "../office/relationships";
import { parseXml } from "../office/xml";
import type { DocumentNote, ReadText } from "../reading";
import { inPages } from "../text/sections";
import { chartText, diagramText } from "./chart-text";
import { SlideText } from "./slide-text";
import { t, tn } from "../../language/language";

/**
 * The slides of a presentation as pages: titles, lists, tables, charts, links, and the speaker's notes.
 *
 * @throws DocumentError  when it is damaged, or unpacks to more than `mostXmlBytes`
 */
export function pptxToText(bytes: Uint8Array, name: string, mostXmlBytes = MOST_XML_BYTES): ReadText {
  const parts = new Archive(bytes, name, mostXmlBytes).texts(
    (path) =>
      /^(?:_rels\/\.rels|ppt\/.*\.(?:xml|rels))$/.test(path) &&
      !/^ppt\/(?:slidelayouts|slidemasters|theme)\//.test(path),
  );
  const main =
    relationshipsOf(parts.get("_rels/.rels") ?? "", "").find(({ kind }) => kind === "officeDocument")
      ?.target ?? "ppt/presentation.xml";
  const paths = slidePaths(main, parts);
  if (paths.length === 0)
    throw new DocumentError(t("“{name}” has no slides.", { name }), {
      hint: t("Open it in its own program, save it anew as .pptx, and attach that."),
    });
  const hidden: number[] = [];
  const pages = paths.map((path, at) => {
    const { text, isHidden } = slideAt(path, parts);
    if (isHidden) hidden.push(at + 1);
    return text;
  });
  return { ...inPages(pages), notes: remarks(hidden) };
}

type Parts = ReadonlyMap<string, string>;

function relationsOf(path: string, parts: Parts): Relationship[] {
  return relationshipsOf(parts.get(relsPathOf(path)) ?? "", path.slice(0, path.lastIndexOf("/") + 1));
}

/** The slides in the order of the show, which is not that of their names. */
function slidePaths(main: string, parts: Parts): string[] {
  const targets = new Map(relationsOf(main, parts).map(({ id, target }) => [id, target]));
  const paths: string[] = [];
  parseXml(parts.get(main) ?? "", {
    open(name, attributes) {
      if (name !== "sldId") return;
      const path =
        targets.get(attributes[Object.keys(attributes).find((key) => key.endsWith(":id")) ?? ""] ?? "") ?? "";
      if (parts.has(path)) paths.push(path);
    },
  });
  if (paths.length > 0) return paths;
  const numberOf = (path: string) => Number(/\d+/.exec(path.slice(path.lastIndexOf("/")))?.[0] ?? 0);
  return [...parts.keys()]
    .filter((path) => /^ppt\/slides\/[^/]+\.xml$/.test(path))
    .sort((a, b) => numberOf(a) - numberOf(b));
}

function slideAt(path: string, parts: Parts): { readonly text: string; readonly isHidden: boolean } {
  const relations = relationsOf(path, parts);
  const partOf = (id: string) => relations.find((one) => one.id === id && !one.isExternal);
  const links = new Map(relations.filter((one) => one.isExternal).map(({ id, target }) => [id, target]));
  const slide = new SlideText(links);
  parseXml(parts.get(path) ?? "", slide);
  const blocks = [slide.take()];
  for (const id of slide.parts) {
    const part = partOf(id);
    const xml = parts.get(part?.target ?? "");
    if (xml !== undefined && part?.kind === "chart") blocks.push(chartText(xml));
    if (xml !== undefined && part?.kind === "diagramData") blocks.push(diagramText(xml));
  }
  for (const { kind, target } of relations) {
    const xml = parts.get(target);
    if (xml === undefined) continue;
    if (kind === "notesSlide") {
      const notes = new SlideText();
      parseXml(xml, notes);
      const text = notes.take().replace(/^- /gm, "");
      if (text !== "") blocks.push(`[Notes: ${text}]`);
    }
    if (kind === "comments") blocks.push(...commentsOf(xml));
  }
  return { text: blocks.filter((block) => block !== "").join("\n\n"), isHidden: slide.isHidden };
}

function commentsOf(xml: string): string[] {
  const comments: string[] = [];
  let text: string | undefined;
  parseXml(xml, {
    open(name) {
      if (name === "text" || name === "t") text ??= "";
    },
    text(piece) {
      if (text !== undefined) text += piece;
    },
    close(name) {
      if ((name !== "text" && name !== "t") || text === undefined) return;
      if (text.trim() !== "") comments.push(`[Comment: ${text.trim()}]`);
      text = undefined;
    },
  });
  return comments;
}

function remarks(hidden: readonly number[]): DocumentNote[] {
  if (hidden.length === 0) return [];
  return [
    {
      kind: "info",
      sentence: tn(
        hidden.length,
        "{count} slide is hidden in the show and is read all the same.",
        "{count} slides are hidden in the show and are read all the same.",
      ),
      numbers: hidden,
    },
  ];
}
