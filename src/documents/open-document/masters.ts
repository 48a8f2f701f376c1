import { attributeOf, parseXml, within, type Attributes, type XmlHandler } from "../office/xml";
import type { OpenStory } from "./story";

/** Texts that stand on many pages, each once. */
export interface Masters {
  readonly headers: readonly string[];
  readonly footers: readonly string[];
  /** Texts on the slides' background. */
  readonly background: readonly string[];
}

/** Placeholders are filled on each slide; on the master they say what to put there. */
const isPlaceholder = (attributes: Attributes) =>
  attributeOf(attributes, "placeholder") === "true" || attributeOf(attributes, "class") !== undefined;

/** Reads the headers and footers of a text, and what slides have in their background. */
export function mastersOf(xml: string, newStory: () => OpenStory): Masters {
  const texts = { headers: new Set<string>(), footers: new Set<string>(), background: new Set<string>() };
  if (!xml.includes("master-styles")) return { headers: [], footers: [], background: [] };
  let story = newStory();
  let unreadDepth = 0;
  const path: string[] = [];
  const keep = (where: Set<string>) => {
    const text = story.take().trim();
    story = newStory();
    // One with nothing but numbers is a page's number; LibreOffice puts "???" for the name of a sheet.
    if (/\p{L}/u.test(text) && !/^(?:\?\?\?\s*)*(?:page \d+)?(?:\s*\/ \d+)?$/i.test(text)) where.add(text);
  };
  const handler: XmlHandler = {
    open(name, attributes) {
      path.push(name);
      const isUnread =
        name === "notes" || name === "forms" || (name === "frame" && isPlaceholder(attributes));
      if (unreadDepth > 0 || isUnread) unreadDepth++;
      else if (name !== "master-page") story.open(name, attributes);
    },
    text(text) {
      if (unreadDepth === 0 && path.length > 1) story.text(text);
    },
    close(name) {
      path.pop();
      if (unreadDepth > 0) return void unreadDepth--;
      if (name === "master-page") return keep(texts.background);
      story.close(name);
      if (/^header(?:-left|-first)?$/.test(name)) keep(texts.headers);
      if (/^footer(?:-left|-first)?$/.test(name)) keep(texts.footers);
    },
  };
  parseXml(xml, within("master-styles", handler));
  return { headers: [...texts.headers], footers: [...texts.footers], background: [...texts.background] };
}
