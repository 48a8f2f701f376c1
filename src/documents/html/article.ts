import type { SmallElement } from "@mozilla/readability/JSDOMParser.js";
import { walkPage, type Attributes } from "./walk-page";

export interface Article {
  /** Numbers of the elements of the page that belong to it. */
  readonly elements: ReadonlySet<number>;
  readonly byline: string;
}

/** Pages with more than this take the library seconds, and are tables or listings. */
const MOST_ELEMENTS = 40_000;
/** An article has this many letters, as Readability itself has it. */
const FEWEST_LETTERS = 500;

/** Attributes that Readability looks at. */
const looksAt = ["class", "id", "role", "itemprop", "rel", "href", "src", "summary", "dir", "type"];
const isVoid = (name: string) =>
  /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/.test(name);

/**
 * Finds the article of a page, as Firefox's reader view does (Readability). Each element is numbered in its
 * markup, so that the page itself can be written from what is left: tables and lists stay as they are.
 *
 * @returns null when the page is none: a listing, a table, a form
 */
export async function findArticle(html: string): Promise<Article | null> {
  const markup: string[] = [];
  let title = "";
  let nElements = 0;
  // An equation is one piece: Readability knows no MathML, and drops letters of it.
  let mathElement: number | null = null;
  const tagOf = (name: string) => (name === "math" ? "span" : name);
  const names = new Map<number, string>();
  // Text in the body itself belongs to the article: Readability makes paragraphs of it, without a number.
  const elements = new Set<number>();
  walkPage(html, {
    title: (text) => (title += text),
    open(name, attributes, element) {
      nElements++;
      names.set(element, name);
      if (mathElement !== null) return;
      if (name === "math") mathElement = element;
      if (name === "html" || name === "body") return void elements.add(element);
      // MathJax names its equations "CtxtMenu", and Readability drops what is called a menu.
      const isEquation = name.startsWith("mjx-");
      const written = (isEquation ? [] : looksAt).map((key) => writeAttribute(key, attributes)).join("");
      // A name of its own for each: Readability copies attributes where it merges elements.
      markup.push(`<${tagOf(name)}${written} data-n${element}=""${isVoid(name) ? " /" : ""}>`);
    },
    text(text, element) {
      const isOfBlock = names.get(element) === "div" && text.trim() !== "";
      // Readability makes paragraphs of a block's own text and drops the block: the text keeps its number.
      markup.push(isOfBlock ? `<span data-n${element}="">${escaped(text)}</span>` : escaped(text));
    },
    close(name, element) {
      if (mathElement !== null && mathElement !== element) return;
      mathElement = null;
      if (!isVoid(name) && !/^(?:html|body)$/.test(name)) markup.push(`</${tagOf(name)}>`);
    },
  });
  if (nElements > MOST_ELEMENTS) return null;
  const [{ Readability }, { default: JSDOMParser }] = await Promise.all([
    import("@mozilla/readability"),
    import("@mozilla/readability/JSDOMParser.js"),
  ]);
  const parse = () => {
    const head = `<head><title>${escaped(title)}</title></head>`;
    const page = `<html>${head}<body>${markup.join("")}</body></html>`;
    return new JSDOMParser().parse(page, "https://page.invalid/");
  };
  try {
    const article = new Readability<SmallElement>(parse(), {
      serializer: (node) => node as unknown as SmallElement,
      charThreshold: FEWEST_LETTERS,
    }).parse();
    if (!article?.content || (article.length ?? 0) < FEWEST_LETTERS) return null;
    const visit = (element: SmallElement) => {
      for (const { name } of element.attributes)
        if (name.startsWith("data-n")) elements.add(Number(name.slice("data-n".length)));
      for (const child of element.children) visit(child);
    };
    visit(article.content);
    return { elements, byline: article.byline ?? "" };
  } catch {
    return null; // markup that the small document model does not understand
  }
}

function writeAttribute(name: string, attributes: Attributes): string {
  // Readability turns links that run a script into bare text, which loses their number.
  const value = attributes[name]?.replace(/^\s*javascript:[^]*$/i, "https://page.invalid/script");
  return value === undefined ? "" : ` ${name}="${escaped(value)}"`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
