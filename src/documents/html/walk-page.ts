import { Parser } from "htmlparser2";
import { DocumentError } from "../../ground/errors";
import { StyleRules } from "./style-rules";
import { t } from "../../language/language";

export type Attributes = Readonly<Record<string, string>>;

/** Sees what a person sees of a page: elements that are shown, each by its number, and their text. */
export interface PageVisitor {
  open?(name: string, attributes: Attributes, element: number): void;
  /** @param element  the innermost one that the text stands in */
  text?(text: string, element: number): void;
  close?(name: string, element: number): void;
  /** An element whose content is not read, such as a video; those that are hidden are not told. */
  unread?(name: string, attributes: Attributes): void;
  title?(text: string): void;
  /** The address that the page says it has, for links of its own site. */
  address?(address: string): void;
}

/** Elements whose content people do not read. */
const unread = new Set([
  ...["script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "audio", "video"],
  ...["head", "select", "datalist"],
]);

/** All that may stand in a head; anything else ends one that was not closed. */
const ofHead = new Set([
  ...["base", "basefont", "bgsound", "link", "meta", "title", "noscript", "noframes", "style"],
  ...["script", "template", "head"],
]);

/** The parser takes quadratic time for elements in each other; a page that people wrote has some hundred. */
const DEEPEST = 2000;

interface OpenElement {
  readonly name: string;
  readonly number: number;
  readonly isUnread: boolean;
}

/** Walks a page as it is shown, without what is hidden. Two walks give elements the same numbers. */
export function walkPage(html: string, visitor: PageVisitor, name = "The page"): void {
  const open: OpenElement[] = [];
  const rules = new StyleRules();
  let nElements = 0;
  let nUnread = 0;
  let isInHead = false;
  let style: string[] | null = null;

  const pop = () => {
    const { name, number, isUnread } = open.pop()!;
    if (isUnread) nUnread--;
    else if (nUnread === 0) visitor.close?.(name, number);
  };
  /** Ends a head that has no end tag, when something comes that is shown. */
  const endHead = () => {
    const head = open.findIndex((element) => element.name === "head");
    isInHead = false;
    if (head < 0) return;
    const inside = open.splice(head);
    nUnread -= inside.filter(({ isUnread }) => isUnread).length;
  };

  const parser = new Parser({
    onopentag(tag, attributes) {
      if (isInHead && !ofHead.has(tag)) endHead();
      if (tag === "head") isInHead = true;
      if (open.length >= DEEPEST)
        throw new DocumentError(t("{name} has {DEEPEST} elements inside each other.", { name, DEEPEST }), {
          hint: t("Open it in a browser, and attach a copy of its text."),
        });
      if (tag === "style") style = [];
      if (tag === "base" && attributes["href"]) visitor.address?.(attributes["href"]);
      if (tag === "link" && /^canonical$/i.test(attributes["rel"] ?? ""))
        visitor.address?.(attributes["href"] ?? "");
      if (tag === "meta" && attributes["property"] === "og:url")
        visitor.address?.(attributes["content"] ?? "");
      const isGone = isHidden(attributes) || rules.hides(attributes);
      const isUnread = unread.has(tag) || isGone;
      if (unread.has(tag) && !isGone && nUnread === 0) visitor.unread?.(tag, attributes);
      const number = nElements++;
      open.push({ name: tag, number, isUnread });
      if (isUnread) nUnread++;
      else if (nUnread === 0) visitor.open?.(tag, attributes, number);
    },
    ontext(text) {
      const top = open.at(-1);
      if (style && top?.name === "style") style.push(text);
      else if (top?.name === "title" && nUnread <= 1 && (isInHead || nUnread === 0)) visitor.title?.(text);
      else {
        if (isInHead && top?.name === "head" && text.trim() !== "") endHead();
        if (nUnread === 0) visitor.text?.(text, open.at(-1)?.number ?? -1);
      }
    },
    onclosetag(tag) {
      if (style && tag === "style") {
        rules.add(style.join(""));
        style = null;
      }
      if (tag === "head") isInHead = false;
      if (!open.some(({ name }) => name === tag)) return;
      while (open.at(-1)!.name !== tag) pop();
      pop();
    },
  });
  parser.write(html);
  parser.end();
}

const isHidden = ({ hidden, style = "", "aria-hidden": ariaHidden, class: names = "" }: Attributes) =>
  (hidden !== undefined && hidden !== "until-found") ||
  // Wikipedia's pictures of formulas are hidden from readers aloud only.
  (ariaHidden === "true" && !names.includes("fallback-image")) ||
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))/i.test(style);
