import { Losses } from "../losses";
import { countMacros } from "../office/package-losses";
import type { ReadText, TextMark } from "../reading";
import { MOST_XML_BYTES } from "../archive/unpack";
import { cutAtLines } from "../text/cuts";
import { NoteLabels, readNotes } from "./notes";
import { ListCounters, Numbering } from "./numbering";
import type { Block } from "./paragraph";
import { wordParts, type WordPart } from "./parts";
import { Story, type StoryContext } from "./story";
import { Styles } from "./styles";
import { parseXml, parseXmlInSteps } from "../office/xml";

/** Reads a Word document at once: see docxInSteps. */
export function docxToText(bytes: Uint8Array, name: string, mostXmlBytes = MOST_XML_BYTES): ReadText {
  const steps = docxInSteps(bytes, name, mostXmlBytes);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/**
 * The text of a Word document as Word shows it: headings, paragraphs with their numbers, tables, notes,
 * comments, equations and links. Headers stand before it and footers after it, each once. Between steps it
 * tells which share of the body is read.
 *
 * @throws DocumentError  when it is no Word document, is damaged, or unpacks to more than 128 MB
 */
export function* docxInSteps(
  bytes: Uint8Array,
  name: string,
  mostXmlBytes = MOST_XML_BYTES,
): Generator<number, ReadText> {
  const parts = wordParts(bytes, name, mostXmlBytes);
  const styles = new Styles(parts.styles);
  const numbering = new Numbering(parts.numbering, styles);
  const losses = new Losses();
  countMacros(parts.paths, losses);
  // Each part counts its lists for itself.
  const contextOf = ({ links, drawing }: WordPart): StoryContext => ({
    styles,
    counters: new ListCounters(numbering),
    links,
    drawing,
    losses,
  });
  const read = (part: WordPart, tag: "footnote" | "endnote" | "comment") =>
    readNotes(part.xml, tag, contextOf(part));
  const notes = new NoteLabels(
    read(parts.footnotes, "footnote"),
    read(parts.endnotes, "endnote"),
    read(parts.comments, "comment"),
  );
  const story = new Story({ ...contextOf(parts.main), notes });
  yield* parseXmlInSteps(parts.main.xml, story);
  const body = story.take();
  const headers = furniture(parts.headers, "header", contextOf);
  const footers = furniture(parts.footers, "footer", contextOf);
  const { text, marks } = assemble([...headers, ...body, ...notes.endnotes, ...footers]);
  return { text, ...cutAtLines(text), notes: losses.notes(), marks };
}

/** Headers or footers, each text once. One with nothing but numbers is a page's number. */
function furniture(
  parts: readonly WordPart[],
  kind: "header" | "footer",
  contextOf: (part: WordPart) => StoryContext,
): Block[] {
  const texts = parts.map((part) => {
    const story = new Story(contextOf(part));
    parseXml(part.xml, story);
    return story
      .take()
      .map((block) => block.text)
      .join("\n");
  });
  const name = kind === "header" ? "Header" : "Footer";
  return [...new Set(texts)]
    .filter((text) => /\p{L}/u.test(text))
    .map((text) => ({ text: `[${name}: ${text}]`, gap: 2, kind }));
}

function assemble(blocks: readonly Block[]): { readonly text: string; readonly marks: readonly TextMark[] } {
  const pieces: string[] = [];
  const marks: TextMark[] = [];
  let length = 0;
  const push = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
  };
  blocks.forEach((block, at) => {
    const isList = block.isBullet && blocks[at - 1]?.isBullet;
    if (at > 0) push(isList || block.gap === 1 ? "\n" : "\n\n");
    const start = length;
    push(block.text);
    if (block.kind) marks.push({ kind: block.kind, start, end: length });
  });
  return { text: pieces.join(""), marks };
}
