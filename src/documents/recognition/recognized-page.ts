import type { Line, Page } from "tesseract.js";
import { medianOf } from "../pdf/layout/columns";
import { layOut, type PageLine } from "../pdf/layout/page-layout";
import type { PageItem } from "../pdf/layout/pieces";

/** The text of a picture, as sure as Tesseract is of it. */
export interface RecognizedPage {
  readonly lines: readonly PageLine[];
  /** In percent, the mean over its letters; 0 without any. */
  readonly confidence: number;
  /** Lines that were more likely specks than letters. */
  readonly nLinesDropped: number;
}

/** The parts of a picture in points: `scale` pixels are one. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Lines below it are of pictures and stains: on clean scans none is, of a photograph nearly all are. */
const LEAST_CONFIDENCE = 35;
/** A gap of so many sizes of a letter parts cells. */
const CELL_GAP = 1.5;
/** Sizes as near to the usual one are that one: they are measured off a picture, by row. */
const SAME_SIZE = 0.3;

/** Lays the lines that Tesseract found out as a PDF's text is: columns, tables, headings. */
export function recognizedPage({ blocks }: Page, size: PictureSize): RecognizedPage {
  const found = (blocks ?? []).flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ lines, is_ltr: isLtr }) => lines.map((line) => ({ line, isLtr }))),
  );
  const kept = found.filter(
    ({ line }) => line.confidence >= LEAST_CONFIDENCE && /[\p{L}\p{N}]/u.test(line.text),
  );
  const usual = medianOf(
    kept.flatMap(({ line }) => new Array<number>(line.words.length).fill(heightOf(line))),
  );
  const items = kept.flatMap(({ line, isLtr }) => itemsOf(line, isLtr, usual, size));
  const height = size.height / size.scale;
  const view = { width: size.width / size.scale, height, transform: [1, 0, 0, -1, 0, height] };
  let letters = 0;
  let sure = 0;
  for (const { line } of kept)
    for (const word of line.words) {
      letters += word.text.length;
      sure += word.text.length * word.confidence;
    }
  return {
    lines: layOut(items, view),
    confidence: letters === 0 ? 0 : sure / letters,
    nLinesDropped: found.filter(({ line }) => line.text.trim() !== "").length - kept.length,
  };
}

const heightOf = ({ rowAttributes, bbox }: Line): number => rowAttributes?.rowHeight || bbox.y1 - bbox.y0;

/** A line's words, together where no cell ends between them. */
function itemsOf(line: Line, isLtr: boolean, usual: number, { height, scale }: PictureSize): PageItem[] {
  const own = heightOf(line);
  // A row is somewhat higher than the size of its letters.
  const size = (0.85 * (Math.abs(own - usual) < SAME_SIZE * usual ? usual : own)) / scale;
  const y = (height - (line.baseline.y0 + line.baseline.y1) / 2) / scale;
  const items: { str: string; left: number; right: number }[] = [];
  for (const { text, bbox } of line.words) {
    if (text.trim() === "") continue;
    const [left, right] = [bbox.x0 / scale, bbox.x1 / scale];
    const last = items.at(-1);
    const gap = last ? Math.max(left - last.right, last.left - right) : Infinity;
    if (last && gap < CELL_GAP * size) {
      last.str += (isSpaceless(last.str.at(-1)!, text[0]!) ? "" : " ") + text;
      last.left = Math.min(last.left, left);
      last.right = Math.max(last.right, right);
    } else items.push({ str: text, left, right });
  }
  return items.map(({ str, left, right }) => ({
    str,
    dir: isLtr ? "ltr" : "rtl",
    width: right - left,
    height: size,
    transform: [size, 0, 0, size, left, y],
  }));
}

const ideograph = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const isSpaceless = (before: string, after: string) => ideograph.test(before) && ideograph.test(after);
