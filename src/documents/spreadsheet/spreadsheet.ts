import { read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from "@e965/xlsx";
import { zipSync, type Zippable } from "fflate";
import { DocumentError } from "../../ground/errors";
import { counted } from "../../ground/figures";
import { Archive, joined } from "../archive/unpack";
import { decodeCodePage } from "../office/code-pages";
import { linkedText } from "../office/links";
import { Losses } from "../losses";
import type { DocumentNote, ReadText } from "../reading";
import { inSections } from "../text/sections";
import { pageTextsOf, type PageTexts } from "./page-texts";
import { textsOverCells } from "./over-cells";
import { SheetText } from "./sheet-text";
import { listed, t, tn } from "../../language/language";

/** A million cells of numbers have 40 MB of XML, and SheetJS holds some ten times of it. */
const MOST_XML_BYTES = 64e6;
/** Parts of a workbook that hold no text of a cell. */
const unread =
  /^xl\/(?:media|embeddings|printersettings|pivotcache|pivottables|externallinks|charts|theme)\/|vbaproject|calcchain/i;

set_cptable({ utils: { decode: decodePieces } });

function decodePieces(codePage: number, piece: string | ArrayLike<number>): string {
  const bytes = typeof piece === "string" ? [...piece].map((char) => char.charCodeAt(0)) : piece;
  return codePage === 1200
    ? new TextDecoder("utf-16le").decode(Uint8Array.from(bytes))
    : decodeCodePage(codePage, Uint8Array.from(bytes));
}

/**
 * The sheets of a workbook as Excel shows them: rows as lines, numbers by their formats. A date whose format
 * follows the reader's own country is written as 2024-01-31, since 1/2/24 can be two days.
 *
 * @param isZip  for .xlsx and .xlsb; the older .xls is a file of another kind
 * @throws DocumentError  when it is damaged, protected, or too large
 */
export function workbookToText(
  bytes: Uint8Array,
  name: string,
  isZip: boolean,
  mostXmlBytes = MOST_XML_BYTES,
): ReadText {
  const losses = new Losses();
  const pageTexts = new Map<string, PageTexts>();
  const workbook = open(isZip ? repacked(bytes, name, mostXmlBytes, losses, pageTexts) : bytes, name);
  const over = isZip
    ? textsOverCells(new Archive(bytes, name, mostXmlBytes), losses)
    : () => ({ text: "", path: "" });
  const out = new SheetText(name);
  const found: Found = { hiddenRows: 0, hiddenColumns: 0, formulas: 0 };
  const sections: string[] = [];
  workbook.SheetNames.forEach((key, at) => {
    const sheet = workbook.Sheets[key];
    const title = titleOf(key, at);
    if (workbook.Workbook?.Sheets?.[at]?.Hidden) losses.addNamed("hiddenSheet", title);
    else {
      const { text, path } = over(at);
      const { headers = [], footers = [] } = pageTexts.get(path) ?? {};
      const below = [
        ...headers.map((one) => `[Header: ${one}]`),
        ...footers.map((one) => `[Footer: ${one}]`),
      ];
      sections.push(out.sheet(title, sheet?.["!data"] ? rowsOf(sheet, found) : [], [text, ...below]));
    }
  });
  return { ...inSections(sections), notes: [...losses.notes(), ...remarks(found)] };
}

/** No program makes longer names, or ones with control characters: those of a damaged list are no names. */
const LONGEST_TITLE = 255;

function titleOf(name: string, at: number): string {
  // eslint-disable-next-line no-control-regex -- names of damaged lists have them
  const isName = name.length <= LONGEST_TITLE && !/[\0-\x1f\x7f\p{Cn}\p{Co}\ufffd]/u.test(name);
  return isName ? name : `Sheet ${at + 1}`;
}

interface Found {
  hiddenRows: number;
  hiddenColumns: number;
  /** Formulas whose value the file does not hold. */
  formulas: number;
}

function open(bytes: Uint8Array, name: string): WorkBook {
  try {
    return read(bytes, {
      type: "array",
      dense: true,
      cellHTML: false,
      cellStyles: true,
      dateNF: "yyyy-mm-dd",
    });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    if (/password|encrypt/i.test(said))
      throw new DocumentError(t("“{name}” is protected by a password.", { name }), {
        hint: t("Open it in its own program, save it without a password, and attach that."),
        cause,
      });
    throw new DocumentError(
      t("“{name}” is damaged, or no workbook that is known here: {said}", { name, said: said.slice(0, 200) }),
      {
        hint: t("Open it in a spreadsheet program, save it anew as .xlsx, and attach that."),
        cause,
      },
    );
  }
}

/**
 * The workbook without its pictures, in an archive whose size was counted: SheetJS unpacks without a limit.
 */
function repacked(
  bytes: Uint8Array,
  name: string,
  mostXmlBytes: number,
  losses: Losses,
  pageTexts: Map<string, PageTexts>,
): Uint8Array {
  const files: Zippable = {};
  new Archive(bytes, name, mostXmlBytes).unpack((path) => {
    if (unread.test(path) || path.endsWith("/")) return undefined;
    const pieces: Uint8Array[] = [];
    return (chunk, isFinal) => {
      pieces.push(chunk.slice());
      if (!isFinal) return;
      const part = joined(pieces);
      files[path] = [part, { level: 0 }];
      if (!/(?:work|chart)sheets\/[^/]+\.xml$/i.test(path)) return;
      const xml = new TextDecoder().decode(part);
      pageTexts.set(path, pageTextsOf(xml, losses));
      if (hasEmptyFormulas(xml)) files[path] = [withoutZeros(xml), { level: 0 }];
    };
  });
  return zipSync(files);
}

const formulaAlone =
  /<c((?:(?!\st=)[^<>])*)>\s*(<f(?:[^<>]*\/>|[^<>]*>[^<]*<\/f>))\s*(?:<v\s*\/>|<v>\s*<\/v>)?\s*<\/c>/g;

const hasEmptyFormulas = (sheet: string) =>
  /<\/f>\s*(?:<v\s*\/>|<v>\s*<\/v>|<\/c>)|<f[^<>]*\/>\s*(?:<v\s*\/>|<v>\s*<\/v>|<\/c>)/.test(sheet);

/** Marks formulas without a result as empty texts: SheetJS reads 0 for them, which is no result. */
const withoutZeros = (sheet: string): Uint8Array =>
  new TextEncoder().encode(sheet.replace(formulaAlone, '<c$1 t="str">$2</c>'));

function* rowsOf(sheet: WorkSheet, found: Found): Generator<string[]> {
  for (const column of sheet["!cols"] ?? []) if (column?.hidden) found.hiddenColumns++;
  const rows = (sheet["!data"] ?? []) as readonly (readonly (CellObject | undefined)[] | undefined)[];
  for (const [at, row] of rows.entries()) {
    if (!row) continue;
    if (sheet["!rows"]?.[at]?.hidden) found.hiddenRows++;
    yield Array.from(row, (cell) => (cell ? textOf(cell, found) : ""));
  }
}

function textOf(cell: CellObject, found: Found): string {
  let text = cell.w ?? (cell.v === undefined ? "" : String(cell.v));
  if (text === "" && cell.f !== undefined) {
    found.formulas++;
    text = `=${cell.f}`;
  }
  const target = cell.l?.Target;
  if (target !== undefined && /^(?:https?|mailto):/i.test(target)) text = linkedText(text, target);
  for (const { a: author, t: comment } of cell.c ?? []) {
    const said = comment?.replace(author ? `${author}:` : "", "").trim();
    if (said) text += ` [${author ? `Comment by ${author.slice(0, 100)}` : "Comment"}: ${said}]`;
  }
  return text;
}

function remarks(found: Found): DocumentNote[] {
  const notes: DocumentNote[] = [];
  const gone = [
    ...(found.hiddenRows > 0 ? [counted(found.hiddenRows, "hidden row")] : []),
    ...(found.hiddenColumns > 0 ? [counted(found.hiddenColumns, "hidden column")] : []),
  ];
  if (gone.length > 0)
    notes.push({
      kind: "info",
      sentence: t("The text has {gone} too, which the program does not show.", { gone: listed(gone) }),
    });
  if (found.formulas > 0)
    notes.push({
      kind: "left-out",
      sentence: tn(
        found.formulas,
        "{count} cell has a formula and no result in the file; the formula was read. Open the file in a spreadsheet program and save it, and the results are in it.",
        "{count} cells have a formula and no result in the file; the formula was read. Open the file in a spreadsheet program and save it, and the results are in it.",
      ),
    });
  return notes;
}
