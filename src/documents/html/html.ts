import { counted } from "../../ground/figures";
import type { Losses } from "../losses";
import { cutAtLines } from "../text/cuts";
import { tidy } from "../text/decode-text";
import type { DocumentNote, ReadText } from "../reading";
import { findArticle } from "./article";
import { writePage } from "./write-page";
import { t } from "../../language/language";

export type WebPart = "article" | "whole";

/** The share of a page's words beside its article from which on leaving them out is worth telling apart. */
const FEWEST_LEFT_OUT = 0.02;

/**
 * The text of a whole page as a person reads it: headings, lists, tables and links in Markdown's way.
 *
 * @param name  the name of the file that it is of, for who reads why it was refused
 * @param losses  where pictures and the like are counted
 */
export function htmlToText(html: string, name: string, losses?: Losses): string {
  const page = writePage(html, name);
  losses?.addAll(page.losses);
  return tidy(page.text);
}

/**
 * Reads a page: its article, where it has one, without the navigation around it, unless all of it is asked
 * for.
 *
 * @throws DocumentError  when its elements are nested too deep
 */
export async function readHtml(html: string, name: string, part: WebPart = "article"): Promise<ReadText> {
  const article = await findArticle(html);
  const page = article && writePage(html, name, article);
  const isApart = page !== null && page.nWordsLeftOut > FEWEST_LEFT_OUT * page.nWords;
  const shown = isApart && part === "article" ? page : writePage(html, name);
  const text = tidy(shown.text);
  const notes: DocumentNote[] = [];
  if (isApart && part === "article")
    notes.push({
      kind: "left-out",
      sentence: t(
        "The article is read; {words} around it, such as navigation, are not. Open the document to see them, or to read the whole page.",
        { words: counted(page.nWordsLeftOut, "word") },
      ),
    });
  if (shown.nBareLinks > 0)
    notes.push({
      kind: "left-out",
      sentence: t(
        "The addresses of {links} to the page's own site are left out; those of other sites are read.",
        { links: counted(shown.nBareLinks, "link") },
      ),
    });
  notes.push(...shown.losses.notes());
  return {
    text,
    ...cutAtLines(text),
    notes,
    ...(isApart && { webPart: part }),
    // Letters that were composed moved the places.
    ...(text.length === shown.text.length && shown.leftOut.length > 0 && { leftOut: shown.leftOut }),
  };
}
