import { DocumentError } from "../../ground/errors";
import { counted } from "../../ground/figures";
import { Archive, MOST_XML_BYTES } from "../archive/unpack";
import { MathMl } from "../equations/math-ml";
import { parseXml, type XmlHandler } from "../office/xml";
import type { DocumentNote, ReadText } from "../reading";
import { hiddenSheets } from "../spreadsheet/hidden-sheets";
import { SheetText } from "../spreadsheet/sheet-text";
import { cutAtLines } from "../text/cuts";
import { tidy } from "../text/decode-text";
import { inPages, inSections } from "../text/sections";
import { OpenRows } from "./rows";
import { OpenStory } from "./story";
import { readStyles, type OpenStyles } from "./styles";
import { t } from "../../language/language";

/**
 * The text of an OpenDocument file: a text with its numbers, notes and comments; sheets as rows, with the
 * values as they are shown; slides with their notes.
 *
 * @throws DocumentError  when it is damaged, protected, or unpacks to more than `mostXmlBytes`
 */
export function openDocumentToText(bytes: Uint8Array, name: string, mostXmlBytes = MOST_XML_BYTES): ReadText {
  const archive = new Archive(bytes, name, mostXmlBytes);
  const parts = archive.texts((path) =>
    /^(?:content\.xml|styles\.xml|meta-inf\/manifest\.xml|object[^/]*\/content\.xml)$/.test(path),
  );
  if (/encryption-data/.test(parts.get("meta-inf/manifest.xml") ?? ""))
    throw new DocumentError(t("“{name}” is protected by a password.", { name }), {
      hint: t("Open it in its own program, save it without a password, and attach that."),
    });
  const equations = new Map<string, string>();
  for (const [path, xml] of parts) {
    const equation = path === "content.xml" ? "" : equationOf(xml);
    if (equation !== "") equations.set(path.replace(/\/content\.xml$/, ""), equation);
  }
  return bodyToText(parts.get("content.xml") ?? "", parts.get("styles.xml") ?? "", name, equations);
}

/** The text of an OpenDocument file in one piece of XML. */
export const flatDocumentToText = (xml: string, name: string): ReadText =>
  bodyToText(xml, "", name, new Map());

function bodyToText(
  content: string,
  styleParts: string,
  name: string,
  equations: ReadonlyMap<string, string>,
): ReadText {
  const styles = readStyles([styleParts, content]);
  const kind = /<office:(spreadsheet|presentation|drawing)\b/.exec(content)?.[1];
  if (kind === "spreadsheet") return sheetsOf(content, name, styles);
  const story = new OpenStory(styles, equations);
  const pages: string[] = [];
  const isPaged = kind !== undefined;
  parseXml(
    content,
    within("body", story, (element) => {
      if (isPaged && element === "page") pages.push(story.take());
    }),
  );
  const notes = remarks(story);
  if (isPaged) return { ...inPages(pages), notes };
  const text = tidy(story.take());
  return { text, ...cutAtLines(text), notes };
}

function sheetsOf(content: string, name: string, styles: OpenStyles): ReadText {
  const rows = new OpenRows(styles, name);
  parseXml(content, within("spreadsheet", rows));
  const out = new SheetText(name);
  const shown = rows.sheets.filter(({ isHidden }) => !isHidden);
  const hidden = rows.sheets.filter(({ isHidden }) => isHidden).map(({ title }) => title);
  return {
    ...inSections(shown.map((sheet) => out.sheet(sheet.title, sheet.rows))),
    notes: hidden.length > 0 ? [{ kind: "left-out", sentence: hiddenSheets(hidden) }] : [],
  };
}

/** Hands on what is inside of an element: around it stand styles and settings. */
function within(element: string, handler: XmlHandler, onClose?: (name: string) => void): XmlHandler {
  let depth = 0;
  return {
    open(name, attributes) {
      if (depth > 0) handler.open(name, attributes);
      if (depth > 0 || name === element) depth++;
    },
    text(text) {
      if (depth > 0) handler.text?.(text);
    },
    close(name) {
      if (depth > 0) depth--;
      if (depth === 0) return;
      handler.close?.(name);
      onClose?.(name);
    },
  };
}

function remarks({ hiddenWords, objects }: OpenStory): DocumentNote[] {
  const notes: DocumentNote[] = [];
  if (hiddenWords > 0)
    notes.push({
      kind: "left-out",
      sentence: t("Hidden text ({words}) was left out, as the program does not show it.", {
        words: counted(hiddenWords, "word"),
      }),
    });
  if (objects > 0)
    notes.push({
      kind: "left-out",
      sentence: t(
        "{objects}, such as a chart, could not be read. Save the file as PDF to have the words of it.",
        { objects: counted(objects, "object") },
      ),
    });
  return notes;
}

/** The equation of an object; "" when it is a chart, or anything else. */
function equationOf(xml: string): string {
  if (!/<(?:\w+:)?math[\s>]/.test(xml)) return "";
  let math: MathMl | undefined;
  let depth = 0;
  parseXml(xml, {
    open(name, attributes) {
      if (math) {
        math.open(name, attributes);
        depth++;
      } else if (name === "math") math = new MathMl(attributes);
    },
    text: (text) => math?.text(text),
    close() {
      if (depth-- > 0) math?.close();
    },
  });
  return math?.finish() ?? "";
}
