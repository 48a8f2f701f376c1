import { DocumentError } from "../../ground/errors";
import { Archive, MOST_XML_BYTES } from "../archive/unpack";
import { Losses } from "../losses";
import { MathMl } from "../equations/math-ml";
import { parseXml, parseXmlInSteps, within } from "../office/xml";
import type { ReadText } from "../reading";
import { SheetText } from "../spreadsheet/sheet-text";
import { cutAtLines } from "../text/cuts";
import { tidy } from "../text/decode-text";
import { inPages, inSections } from "../text/sections";
import { openChartText } from "./chart";
import { noObjects, type OpenObjects } from "./frames";
import { mastersOf } from "./masters";
import { OpenRows } from "./rows";
import { OpenStory } from "./story";
import { readStyles, type OpenStyles } from "./styles";
import { t } from "../../language/language";

/** Reads an OpenDocument file at once: see openDocumentInSteps. */
export const openDocumentToText = (
  bytes: Uint8Array,
  name: string,
  mostXmlBytes = MOST_XML_BYTES,
): ReadText => atOnce(openDocumentInSteps(bytes, name, mostXmlBytes));

/** The text of an OpenDocument file in one piece of XML. */
export const flatDocumentToText = (xml: string, name: string): ReadText =>
  atOnce(bodyToText(xml, "", name, noObjects, new Losses()));

function atOnce(steps: Generator<number, ReadText>): ReadText {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/**
 * The text of an OpenDocument file: a text with its numbers, notes and comments; sheets as rows, with the
 * values as they are shown; slides with their notes. Between steps it tells which share is read.
 *
 * @throws DocumentError  when it is damaged, protected, or unpacks to more than `mostXmlBytes`
 */
export function* openDocumentInSteps(
  bytes: Uint8Array,
  name: string,
  mostXmlBytes = MOST_XML_BYTES,
): Generator<number, ReadText> {
  const archive = new Archive(bytes, name, mostXmlBytes);
  const losses = new Losses();
  const parts = archive.texts((path) => {
    if (/^basic\/[^/]+\/(?!script-l[bc]\.)[^/]+\.xml$|^scripts\/.*[^/]$/.test(path)) losses.add("macro");
    return /^(?:content\.xml|styles\.xml|meta-inf\/manifest\.xml|object[^/]*\/content\.xml)$/.test(path);
  });
  if (/encryption-data/.test(parts.get("meta-inf/manifest.xml") ?? ""))
    throw new DocumentError(t("“{name}” is protected by a password.", { name }), {
      hint: t("Open it in its own program, save it without a password, and attach that."),
    });
  const content = parts.get("content.xml") ?? "";
  const equations = new Map<string, string>();
  const charts = new Map<string, string>();
  for (const [path, xml] of parts) {
    if (!path.startsWith("object")) continue;
    const folder = path.replace(/\/content\.xml$/, "");
    const equation = equationOf(xml);
    const chart = /<office:chart[\s>]/.test(xml) ? openChartText(xml, readStyles([]), name) : "";
    if (equation !== "") equations.set(folder, equation);
    if (chart !== "") charts.set(folder, chart);
  }
  return yield* bodyToText(content, parts.get("styles.xml") ?? "", name, { equations, charts }, losses);
}

function* bodyToText(
  content: string,
  styleParts: string,
  name: string,
  objects: OpenObjects,
  losses: Losses,
): Generator<number, ReadText> {
  const styles = readStyles([styleParts, content]);
  const kind = /<office:(spreadsheet|presentation|drawing)\b/.exec(content)?.[1];
  if (kind === "spreadsheet") return yield* sheetsOf(content, styleParts, name, styles, objects, losses);
  const story = new OpenStory(styles, losses, objects);
  const pages: string[] = [];
  const isPaged = kind !== undefined;
  yield* parseXmlInSteps(
    content,
    within("body", story, (element) => {
      if (isPaged && element === "page") pages.push(story.take());
    }),
  );
  const masters = mastersOf(styleParts || content, () => new OpenStory(styles, losses, objects));
  if (isPaged) {
    const background = masters.background.map((text) => `\n\n[Background: ${text}]`).join("");
    if (pages.length > 0) pages[0] += background;
    return { ...inPages(pages), notes: losses.notes() };
  }
  const headers = masters.headers.map((text) => `[Header: ${text}]`);
  const footers = masters.footers.map((text) => `[Footer: ${text}]`);
  const text = tidy([...headers, story.take(), ...footers].join("\n\n"));
  return { text, ...cutAtLines(text), notes: losses.notes() };
}

function* sheetsOf(
  content: string,
  styleParts: string,
  name: string,
  styles: OpenStyles,
  objects: OpenObjects,
  losses: Losses,
): Generator<number, ReadText> {
  const rows = new OpenRows(styles, name, objects, losses);
  yield* parseXmlInSteps(content, within("spreadsheet", rows));
  const out = new SheetText(name);
  const sections: string[] = [];
  for (const sheet of rows.sheets) {
    if (sheet.isHidden) losses.addNamed("hiddenSheet", sheet.title);
    else sections.push(out.sheet(sheet.title, sheet.rows, sheet.below));
    yield 1;
  }
  const { headers, footers } = mastersOf(styleParts || content, () => new OpenStory(styles, losses, objects));
  const pageTexts = [
    ...headers.map((one) => `[Header: ${one}]`),
    ...footers.map((one) => `[Footer: ${one}]`),
  ];
  return { ...inSections([...sections, pageTexts.join("\n\n")]), notes: losses.notes() };
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
