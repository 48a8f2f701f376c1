import { DocumentError } from "../../ground/errors";
import { Archive, MOST_XML_BYTES } from "../archive/unpack";
import { relationshipsOf, relsPathOf, type Relationship } from "../office/relationships";
import { parseXml } from "../office/xml";
import { Losses } from "../losses";
import { Drawings } from "../office/drawings";
import { countMacros } from "../office/package-losses";
import type { DocumentNote, ReadText } from "../reading";
import { inPages } from "../text/sections";

import { SlideText, type SlideContext } from "./slide-text";
import { t, tn } from "../../language/language";

/**
 * The slides of a presentation as pages: titles, lists, tables, charts, links, and the speaker's notes.
 *
 * @throws DocumentError  when it is damaged, or unpacks to more than `mostXmlBytes`
 */
export function pptxToText(bytes: Uint8Array, name: string, mostXmlBytes = MOST_XML_BYTES): ReadText {
  const losses = new Losses();
  const all: string[] = [];
  const parts = new Archive(bytes, name, mostXmlBytes).texts((path) => {
    all.push(path);
    return /^(?:_rels\/\.rels|ppt\/.*\.(?:xml|rels))$/.test(path) && !path.startsWith("ppt/theme/");
  });
  countMacros(all, losses);
  const main =
    relationshipsOf(parts.get("_rels/.rels") ?? "", "").find(({ kind }) => kind === "officeDocument")
      ?.target ?? "ppt/presentation.xml";
  const paths = slidePaths(main, parts);
  if (paths.length === 0)
    throw new DocumentError(t("“{name}” has no slides.", { name }), {
      hint: t("Open it in its own program, save it anew as .pptx, and attach that."),
    });
  const hidden: number[] = [];
  const show = { parts, losses, drawings: new Drawings(parts) };
  const repeated = new Repeated(show);
  const pages = paths.map((path, at) => {
    const { text, isHidden } = slideAt(path, show, repeated);
    if (isHidden) hidden.push(at + 1);
    return text;
  });
  return { ...inPages(pages), notes: [...losses.notes(), ...remarks(hidden)] };
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

/** The parts of the presentation, and what is said of them all. */
interface Show {
  readonly parts: Parts;
  readonly drawings: Drawings;
  readonly losses: Losses;
}

function contextOf(path: string, { parts, drawings, losses }: Show): SlideContext {
  const relations = relationsOf(path, parts);
  const links = relations.filter((one) => one.isExternal);
  return {
    links: new Map(links.map(({ id, target }) => [id, target])),
    drawing: drawings.of(relations),
    losses,
  };
}

/** Texts that many slides show: those of their layouts and masters, and footers. Each is read once. */
class Repeated {
  readonly #show: Show;
  readonly #seen = new Set<string>();

  constructor(show: Show) {
    this.#show = show;
  }

  /** The texts that no slide before had. */
  fresh(texts: readonly string[]): string[] {
    const fresh = texts.filter((text) => !this.#seen.has(text));
    for (const text of fresh) this.#seen.add(text);
    return fresh;
  }

  /** The text of a layout and its master, where no slide before showed them. */
  behind(path: string): string[] {
    const kinds = new Set(["slideLayout", "slideMaster"]);
    const pattern = relationsOf(path, this.#show.parts).find(({ kind }) => kinds.has(kind))?.target ?? "";
    const xml = this.#show.parts.get(pattern);
    if (xml === undefined || this.#seen.has(`part ${pattern}`)) return [];
    this.#seen.add(`part ${pattern}`);
    const slide = new SlideText({ ...contextOf(pattern, this.#show), isPattern: true });
    parseXml(xml, slide);
    const text = slide.take();
    return [...(slide.showsMaster ? this.behind(pattern) : []), ...(text === "" ? [] : [text])];
  }
}

function slideAt(path: string, show: Show, repeated: Repeated) {
  const { parts } = show;
  const slide = new SlideText(contextOf(path, show));
  parseXml(parts.get(path) ?? "", slide);
  const behind = slide.showsMaster ? repeated.behind(path) : [];
  const furniture = repeated.fresh([...behind, ...slide.furniture]);
  const blocks = [slide.take(), ...furniture.map((text) => `[Background: ${text}]`)];
  for (const { kind, target } of relationsOf(path, parts)) {
    const xml = parts.get(target);
    if (xml === undefined) continue;
    if (kind === "notesSlide") {
      const notes = new SlideText(contextOf(target, show));
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
