import { linkedText } from "../office/links";
import type { Annotation } from "./forms";
import type { PageItem } from "./layout/pieces";

/**
 * Writes the targets of links into the text, as Markdown does; a link over several lines has it on its last.
 */
export function withLinks<Item extends PageItem>(
  items: readonly Item[],
  annotations: readonly Annotation[],
): readonly Item[] {
  const links = annotations.filter(
    ({ subtype, url, rect }) => subtype === "Link" && url && rect.length === 4,
  );
  if (links.length === 0) return items;
  const rows = byHeight(items);
  const edits = new Map<number, { from: number; to: number; url: string }[]>();
  for (const [at, { url, rect }] of links.entries()) {
    const next = links[at + 1];
    // The next line of the same link.
    if (next?.url === url && next!.rect[3]! < rect[3]! && rect[1]! - next!.rect[3]! < rect[3]! - rect[1]!)
      continue;
    const found = lastIn(items, rows, rect);
    if (!found) continue;
    const list = edits.get(found.item);
    if (list) list.push({ ...found, url: url! });
    else edits.set(found.item, [{ ...found, url: url! }]);
  }
  return items.map((item, at) => {
    const list = edits.get(at);
    if (!list) return item;
    let { str } = item;
    let right = str.length;
    for (const { from, to, url } of list.sort((a, b) => b.from - a.from)) {
      if (to > right) continue; // one over another
      str = str.slice(0, from) + linkedText(str.slice(from, to), url) + str.slice(to);
      right = from;
    }
    return { ...item, str };
  });
}

const ROW = 8;

/** Indexes of upright items by the height they stand at. */
function byHeight(items: readonly PageItem[]): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  for (const [at, { transform, str }] of items.entries()) {
    if (transform[1] !== 0 || str.trim() === "") continue;
    const row = Math.floor(transform[5]! / ROW);
    const list = rows.get(row);
    if (list) list.push(at);
    else rows.set(row, [at]);
  }
  return rows;
}

/** The last piece of text in a rectangle, and which of its letters are in it, whole words. */
function lastIn(
  items: readonly PageItem[],
  rows: ReadonlyMap<number, readonly number[]>,
  [left = 0, bottom = 0, right = 0, top = 0]: readonly number[],
): { readonly item: number; readonly from: number; readonly to: number } | null {
  let last: { item: number; from: number; to: number } | null = null;
  const highest = Math.floor(top / ROW);
  // A link as high as the page is none of words.
  for (let row = Math.floor(bottom / ROW); row <= Math.min(highest, bottom / ROW + 20); row++)
    for (const at of rows.get(row) ?? []) {
      const { str, width, height, transform } = items[at]!;
      const [, , , , x = 0, y = 0] = transform;
      const middle = y + 0.3 * height;
      if (middle < bottom || middle > top || x > right || x + width < left || width <= 0) continue;
      const place = (edge: number) => Math.round(((edge - x) / width) * str.length);
      const from = wordStart(str, Math.max(0, place(left)));
      const to = wordEnd(str, Math.min(str.length, place(right)));
      if (from < to && (last === null || at > last.item)) last = { item: at, from, to };
    }
  return last;
}

/** Letters differ in width, so that places are off by one or two. */
function wordStart(str: string, at: number): number {
  const near = [0, 1, -1, 2, -2].map((step) => at + step);
  return near.find((place) => place === 0 || /\s/.test(str[place - 1] ?? "")) ?? at;
}

function wordEnd(str: string, at: number): number {
  const near = [0, -1, 1, -2, 2].map((step) => at + step);
  const end = near.find((place) => place === str.length || (place > 0 && /\s/.test(str[place] ?? ""))) ?? at;
  return end - /[.,;:!?]*$/.exec(str.slice(0, end))![0].length;
}
