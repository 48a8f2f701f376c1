import { Parser } from "htmlparser2";
import { BlockText } from "../text/block-text";
import { tidy } from "../text/decode-text";

/** Elements whose content people do not read. */
const unread = new Set([
  ...["script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "audio", "video"],
  ...["head", "select", "datalist"],
]);
const paragraphs = new Set([
  ...["p", "blockquote", "figure", "table", "ul", "ol", "dl", "pre", "article", "section", "form"],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "main", "nav", "aside", "fieldset"],
]);
const lines = new Set([
  "div",
  "li",
  "dt",
  "dd",
  "figcaption",
  "caption",
  "address",
  "summary",
  "option",
  "hr",
]);

interface List {
  readonly isOrdered: boolean;
  n: number;
}

/**
 * The text of a page as a person reads it: headings, lists and tables in Markdown's way, no tags, no scripts.
 */
export function htmlToText(html: string): string {
  const out = new BlockText();
  const lists: List[] = [];
  let unreadDepth = 0;
  let preDepth = 0;
  let isInTitle = false;
  // Elements that were hidden one by one; their names, since HTML leaves end tags out.
  const hidden: string[] = [];

  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === "title") isInTitle = true;
      if (hidden.length > 0 || isHidden(attributes)) {
        if (!isVoid(name)) hidden.push(name);
        return;
      }
      if (unread.has(name)) unreadDepth++;
      if (unreadDepth > 0) return;
      if (paragraphs.has(name)) out.break(lists.length > 0 && /^[uo]l$/.test(name) ? 1 : 2);
      else if (lines.has(name) || name === "br") out.break(1);
      if (/^h[1-6]$/.test(name)) out.mark(`${"#".repeat(Number(name[1]))} `);
      switch (name) {
        case "ul":
        case "ol":
          lists.push({ isOrdered: name === "ol", n: Number(attributes["start"] ?? 1) || 1 });
          break;
        case "li": {
          const list = lists.at(-1);
          out.mark(`${"  ".repeat(Math.max(0, lists.length - 1))}${list?.isOrdered ? `${list.n++}.` : "-"} `);
          break;
        }
        case "pre":
          preDepth++;
          break;
        case "tr":
          out.beginRow();
          break;
        case "td":
        case "th":
          out.beginCell();
          break;
        case "hr":
          out.mark("---");
          out.break(1);
          break;
        case "img":
          if (attributes["alt"]?.trim()) out.text(` [Image: ${attributes["alt"]}] `);
          break;
      }
    },
    ontext(text) {
      if (hidden.length > 0) return;
      if (isInTitle && unreadDepth > 0) out.text(text);
      else if (unreadDepth > 0) return;
      else if (preDepth > 0) out.verbatim(text);
      else out.text(text);
    },
    onclosetag(name) {
      if (name === "title") {
        isInTitle = false;
        out.break(2);
      }
      if (hidden.length > 0) {
        if (hidden.at(-1) === name) hidden.pop();
        return;
      }
      if (unread.has(name)) unreadDepth = Math.max(0, unreadDepth - 1);
      if (unreadDepth > 0) return;
      if (name === "ul" || name === "ol") lists.pop();
      if (name === "pre") preDepth--;
      if (name === "td" || name === "th") out.endCell();
      if (paragraphs.has(name)) out.break(lists.length > 0 ? 1 : 2);
      else if (lines.has(name) || name === "tr") out.break(1);
    },
  });
  parser.write(html);
  parser.end();
  return tidy(out.finish());
}

const isHidden = ({ hidden, style = "" }: Readonly<Record<string, string>>) =>
  hidden !== undefined || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style);

const isVoid = (name: string) =>
  /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/.test(name);
