import { MathMl } from "../equations/math-ml";
import { Losses, type LossKind } from "../losses";
import { linkedText } from "../office/links";
import { BlockText } from "../text/block-text";
import type { LeftOut } from "../reading";
import type { Article } from "./article";
import { tablesOfLayout } from "./layout-tables";
import { raised } from "../equations/raised";
import { walkPage, type Attributes } from "./walk-page";

const paragraphs = new Set([
  ...["p", "blockquote", "figure", "table", "ul", "ol", "dl", "pre", "article", "section", "form"],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "main", "nav", "aside", "fieldset"],
]);
const lines = new Set([
  ...["div", "li", "dt", "dd", "figcaption", "caption", "address", "summary", "option", "hr"],
]);

interface List {
  readonly isOrdered: boolean;
  n: number;
}

export interface WrittenPage {
  readonly text: string;
  readonly leftOut: readonly LeftOut[];
  readonly nWords: number;
  readonly nWordsLeftOut: number;
  /** Pictures, videos and other things that have no text. */
  readonly losses: Losses;
  /** Links to the page's own site that are written without their addresses. */
  readonly nBareLinks: number;
}

/** The addresses of a page's own site may be this share of its text; else they would drown it. */
const MOST_OWN_LINKS = 0.15;

/**
 * Writes a page as text, the way Markdown does: headings, lists, tables, links. Of a page with an article
 * only that is written, and what was left out is told with its place.
 */
export function writePage(html: string, name: string, article: Article | null = null): WrittenPage {
  const page = write(html, name, article, true);
  if (page.ownLinkLength <= MOST_OWN_LINKS * page.text.length) return { ...page, nBareLinks: 0 };
  return { ...write(html, name, article, false), nBareLinks: page.nOwnLinks };
}

/** Elements that have no text to be read. */
const counted: Readonly<Record<string, LossKind>> = {
  iframe: "page",
  object: "object",
  embed: "object",
  canvas: "drawing",
  svg: "drawing",
  audio: "sound",
  video: "video",
};
/** Pictures up to this many pixels are spacers and counters of visits, and drawings are icons. */
const TINY_PICTURE = 3;
const TINY_DRAWING = 64;

const isTiny = (size: string | undefined, most: number) =>
  size !== undefined && Number.parseFloat(size) <= most;

/** Says that a drawing is a sign beside words. */
const isIcon = ({ width, viewbox, viewBox = viewbox, class: names = "", role }: Attributes) =>
  /icon|logo/i.test(names) ||
  role === "presentation" ||
  isTiny(width ?? viewBox?.trim().split(/[\s,]+/)[2] ?? "0", TINY_DRAWING);

function write(html: string, name: string, article: Article | null, keepsOwnLinks: boolean) {
  const out = new BlockText();
  const lists: List[] = [];
  const links: { readonly element: number; readonly href: string; readonly from: number }[] = [];
  const scripts: { readonly element: number; readonly from: number }[] = [];
  const layout = tablesOfLayout(html, `“${name}”`);
  const tables: number[] = [];
  let math: { readonly element: number; readonly equation: MathMl } | null = null;
  const leftOut: LeftOut[] = [];
  const losses = new Losses();
  /** The elements around, innermost last. */
  const around: number[] = [];
  let beside: string[] = [];
  let preDepth = 0;
  let title = "";
  let isTitled = false;
  // Browsers write where a page was saved from, and make all its links absolute.
  const savedFrom = /<!-- saved from url=\(\d+\)(\S+)/.exec(html.slice(0, 2000))?.[1];
  let ownHost = (savedFrom && hostOf(savedFrom)) ?? "";
  const count = { nWords: 0, nWordsLeftOut: 0, ownLinkLength: 0, nOwnLinks: 0 };
  const isIn = (element: number) => article === null || article.elements.has(element);

  /** The title is known when the body begins. */
  const begin = () => {
    if (isTitled) return;
    isTitled = true;
    out.text(title);
    out.break(2);
    if (article !== null && article.byline !== "") out.text(article.byline);
    out.break(2);
  };
  const endBeside = () => {
    const text = beside
      .join("")
      .replace(/[^\S\n]+/g, " ")
      .replace(/ ?\n\s*/g, "\n")
      .trim();
    beside = [];
    if (text !== "") leftOut.push({ kind: "navigation", at: out.length, text });
  };
  const isLayout = () => layout.has(tables.at(-1) ?? -1);
  const isOwn = (href: string) => !/^(?:[a-z][\w+.-]*:|\/\/)/i.test(href) || hostOf(href) === ownHost;

  walkPage(
    html,
    {
      title: (text) => (title += text),
      address: (address) => (ownHost ||= hostOf(address) ?? ""),
      open(tag, attributes, element) {
        if (tag !== "html") begin();
        around.push(element);
        if (math !== null) return math.equation.open(tag, attributes);
        if (/^(?:\w+:)?math$/.test(tag) && isIn(element)) {
          math = { element, equation: new MathMl(attributes) };
          return;
        }
        if (tag === "table") tables.push(element);
        if (!isIn(element)) {
          if (paragraphs.has(tag) || lines.has(tag) || tag === "br") beside.push("\n");
        }
        if (paragraphs.has(tag)) out.break(lists.length > 0 && /^[uo]l$/.test(tag) ? 1 : 2);
        else if (lines.has(tag) || tag === "br") out.break(1);
        if (tag === "ul" || tag === "ol")
          lists.push({ isOrdered: tag === "ol", n: Number(attributes["start"] ?? 1) || 1 });
        if (tag === "pre") preDepth++;
        if (isIn(element)) openShown(tag, attributes, element);
      },
      text(text, element) {
        begin();
        if (math !== null) math.equation.text(text);
        else if (isIn(element)) {
          if (beside.length > 0 && text.trim() !== "") endBeside();
          count.nWords += nWordsOf(text);
          if (preDepth > 0) out.verbatim(text);
          // Places where a word may be parted are no letters of it.
          else out.text(text.replaceAll("\u00ad", ""));
        } else {
          beside.push(text);
          count.nWordsLeftOut += nWordsOf(text);
        }
      },
      unread(tag, attributes) {
        const kind = Object.hasOwn(counted, tag) ? counted[tag] : undefined;
        if (kind && isIn(around.at(-1) ?? -1) && !(tag === "svg" && isIcon(attributes))) losses.add(kind);
      },
      close(tag, element) {
        around.pop();
        if (math !== null) {
          if (math.element !== element) return math.equation.close();
          if (math.equation.isDisplay) out.break(1);
          out.mark(math.equation.finish());
          if (math.equation.isDisplay) out.break(1);
          math = null;
          return;
        }
        if (tag === "ul" || tag === "ol") lists.pop();
        if (tag === "pre") preDepth--;
        if (isIn(element)) {
          if (tag === "a" && links.at(-1)?.element === element) closeLink(links.pop()!);
          if ((tag === "sub" || tag === "sup") && scripts.at(-1)?.element === element)
            out.rewrite(scripts.pop()!.from, (text) => raised(tag, text));
          if ((tag === "td" || tag === "th") && !isLayout()) out.endCell();
        }
        if (tag === "table") tables.pop();
        if (paragraphs.has(tag)) out.break(lists.length > 0 ? 1 : 2);
        else if (lines.has(tag) || tag === "tr") out.break(1);
      },
    },
    `“${name}”`,
  );
  begin();
  endBeside();

  function openShown(tag: string, attributes: Attributes, element: number): void {
    if (/^h[1-6]$/.test(tag)) out.mark(`${"#".repeat(Number(tag[1]))} `);
    const href = attributes["href"]?.trim() ?? "";
    switch (tag) {
      case "li": {
        const list = lists.at(-1);
        out.mark(`${"  ".repeat(Math.max(0, lists.length - 1))}${list?.isOrdered ? `${list.n++}.` : "-"} `);
        break;
      }
      case "tr":
        if (isLayout()) out.break(1);
        else out.beginRow();
        break;
      case "td":
      case "th":
        if (isLayout()) out.break(2);
        else out.beginCell();
        break;
      case "sub":
      case "sup":
        scripts.push({ element, from: out.stretch() });
        break;
      case "hr":
        out.mark("---");
        out.break(1);
        break;
      case "img": {
        const alt = attributes["alt"]?.trim() ?? "";
        if (alt.startsWith("{\\displaystyle")) out.text(` $${alt}$ `);
        else if (alt !== "") out.text(` [Image: ${alt}] `);
        else if (![attributes["width"], attributes["height"]].some((size) => isTiny(size, TINY_PICTURE)))
          losses.add("picture");
        break;
      }
      case "embed":
        losses.add("object");
        break;
      case "a":
        if (href !== "" && !/^(?:#|javascript:|data:)/i.test(href))
          links.push({ element, href, from: out.stretch() });
        break;
    }
  }

  function closeLink({ href, from }: { readonly href: string; readonly from: number }): void {
    const own = isOwn(href);
    if (own && !keepsOwnLinks) return;
    const before = out.length;
    // Over the ends of lines Markdown knows no link.
    out.rewrite(from, (text) => (text.includes("\n") ? `${text} (${href})` : linkedText(text, href)));
    if (!own) return;
    count.ownLinkLength += out.length - before;
    if (out.length > before) count.nOwnLinks++;
  }

  return { text: out.finish(), leftOut, losses, ...count };
}

const nWordsOf = (text: string) => text.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu)?.length ?? 0;

function hostOf(address: string): string | undefined {
  try {
    return new URL(address, "https://page.invalid/").host;
  } catch {
    return undefined;
  }
}
