import { Unzip, UnzipInflate } from "fflate";
import { Parser } from "htmlparser2";
import { DocumentError } from "../../ground/errors";
import { BlockText } from "../text/block-text";
import { tidy } from "../text/decode-text";

/** The limit for unpacked XML. A book of 1,000 pages has some 20 MB; a zip bomb has gigabytes. */
export const MOST_XML_BYTES = 128e6;
const PUSHED_BYTES = 65_536;

/**
 * The text of a Word document: paragraphs, headings, lists and tables, in order.
 *
 * @throws DocumentError  when it is no Word document, is damaged, or unpacks to more than 128 MB
 */
export function docxToText(bytes: Uint8Array, name: string, mostXmlBytes = MOST_XML_BYTES): string {
  const files = unpack(bytes, name, ["word/document.xml", "word/styles.xml"], mostXmlBytes);
  const document = files.get("word/document.xml");
  if (document === undefined)
    throw new DocumentError(`“${name}” is a zip file, but not a Word document.`, {
      hint: "Unpack it and attach the files in it, or save the document as .docx or PDF.",
    });
  return bodyText(document, headingLevels(files.get("word/styles.xml") ?? ""));
}

function unpack(
  bytes: Uint8Array,
  name: string,
  wanted: readonly string[],
  mostXmlBytes: number,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let unpackedBytes = 0;
  const unzip = new Unzip((file) => {
    if (!wanted.includes(file.name)) return;
    const decoder = new TextDecoder();
    let text = "";
    file.ondata = (error, chunk, isFinal) => {
      if (error) throw error;
      unpackedBytes += chunk.length;
      if (unpackedBytes > mostXmlBytes) throw tooLarge(name, bytes.length, mostXmlBytes);
      text += decoder.decode(chunk, { stream: !isFinal });
      if (isFinal) files.set(file.name, text);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += PUSHED_BYTES)
      unzip.push(bytes.subarray(at, at + PUSHED_BYTES), at + PUSHED_BYTES >= bytes.length);
  } catch (cause) {
    if (cause instanceof DocumentError) throw cause;
    throw new DocumentError(`“${name}” is damaged: it could not be unpacked.`, {
      hint: "Get the file again, or open it in a word processor and save it anew.",
      cause,
    });
  }
  return files;
}

const tooLarge = (name: string, sizeBytes: number, mostXmlBytes: number) =>
  new DocumentError(
    `“${name}” has ${(sizeBytes / 1e6).toFixed(1)} MB and unpacks to more than ${mostXmlBytes / 1e6} MB of text.`,
    { hint: "Save the part you need as a document of its own." },
  );

/**
 * Levels of the styles that are headings, by id: ids are translated, "heading 1" and outline levels are not.
 */
function headingLevels(styles: string): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  let id = "";
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const value = attributes["w:val"] ?? "";
        if (tag === "w:style") id = attributes["w:styleId"] ?? "";
        const heading = /^heading ([1-6])$/i.exec(value);
        if (tag === "w:name" && heading) levels.set(id, Number(heading[1]));
        if (tag === "w:name" && /^title$/i.test(value)) levels.set(id, 1);
        if (tag === "w:outlineLvl" && Number(value) < 6) levels.set(id, Number(value) + 1);
      },
    },
    { xmlMode: true },
  );
  parser.end(styles);
  return levels;
}

/** Field codes, removed text and the old form of a drawing are not what a reader sees. */
const unread = new Set(["w:instrText", "w:delText", "mc:Fallback", "w:del", "w:moveFrom"]);

function bodyText(xml: string, levels: ReadonlyMap<string, number>): string {
  const out = new BlockText();
  let unreadDepth = 0;
  let isText = false;
  let tableDepth = 0;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (unread.has(tag)) unreadDepth++;
        if (unreadDepth > 0) return;
        switch (tag) {
          case "w:p":
            out.break(tableDepth > 0 ? 1 : 2);
            break;
          case "w:pStyle": {
            const level = levels.get(attributes["w:val"] ?? "");
            if (level !== undefined) out.mark(`${"#".repeat(level)} `);
            break;
          }
          case "w:numPr":
            out.mark("- ");
            break;
          case "w:t":
            isText = true;
            break;
          case "w:tab":
            out.text(" ");
            break;
          case "w:br":
          case "w:cr":
            out.break(1);
            break;
          case "w:tbl":
            out.break(2);
            tableDepth++;
            break;
          case "w:tr":
            out.beginRow();
            break;
          case "w:tc":
            out.beginCell();
            break;
        }
      },
      ontext(text) {
        if (isText && unreadDepth === 0) out.text(text);
      },
      onclosetag(tag) {
        if (unread.has(tag)) unreadDepth--;
        if (tag === "w:t") isText = false;
        if (unreadDepth > 0) return;
        if (tag === "w:tc") out.endCell();
        if (tag === "w:tbl") {
          tableDepth--;
          out.break(2);
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return tidy(out.finish());
}
