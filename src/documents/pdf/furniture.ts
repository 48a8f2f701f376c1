import type { PageLine } from "./layout/page-layout";

export type Furniture = "header" | "footer" | "page-number";

export interface FurnitureLine {
  readonly kind: Furniture;
  /** It stood on a page before: the model need not read it again. */
  readonly isRepeated: boolean;
}

/** On fewer pages nothing repeats enough to be told from text. */
const FEWEST_PAGES = 3;
/** The zone at the top and the bottom, as a share of the page. */
const MARGIN = 0.16;
/** Lines at either end of a page that are looked at. */
const MOST_LINES = 4;

const roman = /^[ivxlc]+$/i;
const numberOnly =
  /^[^\p{L}\p{N}]*(?:(?:page|seite|página|pagina|стр\.?|p\.|pg\.?|s\.)\s*)?(\d{1,5}|[ivxlc]{1,7})(?:\s*(?:\/|of|von|de|di|sur|из)\s*\d{1,5})?[^\p{L}\p{N}]*$/iu;
const cjkNumber = /^第?\s*\d{1,5}\s*(?:页|頁|ページ)(?:\s*[,，/]?\s*共\s*\d+\s*[页頁])?$/u;

/**
 * Headers, footers and page numbers of a document: lines at the edge of the page, apart from the
 * text, that come again at the same
 * height on at least three pages, their numbers aside. By page, by line.
 */
export function furnitureOf(
  pages: readonly (readonly PageLine[])[],
): readonly ReadonlyMap<number, FurnitureLine>[] {
  const found = pages.map(() => new Map<number, FurnitureLine>());
  const places = new Map<
    string,
    { page: number; line: number; y: number; numbers: number[]; isNumber: boolean }[]
  >();
  for (const [page, lines] of pages.entries())
    for (const { line, edge } of edgeLines(lines)) {
      const { text, top } = lines[line]!;
      const number = pageNumber(text);
      const key = `${edge} ${number === null ? keyOf(text) : "#"}`;
      const list = places.get(key);
      const numbers = number === null ? (text.match(/\d+/g) ?? []).map(Number) : [number];
      const place = { page, line, y: top!, numbers, isNumber: number !== null };
      if (list) list.push(place);
      else places.set(key, [place]);
    }
  for (const [key, list] of places) {
    const edge = key.startsWith("top") ? "header" : "footer";
    for (const group of byHeight(list)) {
      if (new Set(group.map(({ page }) => page)).size < FEWEST_PAGES) continue;
      const { isNumber } = group[0]!;
      if (!growsWithPages(group, !isNumber)) continue;
      for (const [at, { page, line }] of group.entries())
        found[page]!.set(line, { kind: isNumber ? "page-number" : edge, isRepeated: at > 0 });
    }
  }
  return found;
}

/** Lines at the top and at the bottom of a page, up to where its text begins. */
function edgeLines(lines: readonly PageLine[]): { line: number; edge: "top" | "bottom" }[] {
  const upright = lines
    .map(({ top, bottom }, line) => ({ line, top, bottom }))
    .filter((one): one is { line: number; top: number; bottom: number } => one.top !== null)
    .sort((a, b) => a.top - b.top);
  const edges: { line: number; edge: "top" | "bottom" }[] = [];
  const spaces = upright.slice(1).map(({ top }, at) => top - upright[at]!.bottom);
  // The space between lines of text: on short pages most spaces are others.
  const typical = spaces.sort((a, b) => a - b)[spaces.length >> 2] ?? 0;
  const take = (order: typeof upright, edge: "top" | "bottom") => {
    const pending: typeof edges = [];
    for (const [at, one] of order.slice(0, MOST_LINES).entries()) {
      if (edge === "top" ? one.bottom > MARGIN : one.top < 1 - MARGIN) break;
      pending.push({ line: one.line, edge });
      const next = order[at + 1];
      const space = next ? (edge === "top" ? next.top - one.bottom : one.top - next.bottom) : 1;
      // More than between lines, and about half a line: the next is of something else.
      if (space > 0.35 * (one.bottom - one.top) && space > 1.3 * typical) edges.push(...pending.splice(0));
    }
  };
  take(upright, "top");
  take(upright.toReversed(), "bottom");
  return edges;
}

function pageNumber(text: string): number | null {
  const digits = numberOnly.exec(text)?.[1] ?? (cjkNumber.test(text) ? /\d+/.exec(text)![0] : undefined);
  if (digits === undefined) return null;
  return roman.test(digits) ? fromRoman(digits) : Number(digits);
}

function fromRoman(text: string): number {
  const values: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  const numbers = [...text.toLowerCase()].map((letter) => values[letter]!);
  return numbers.reduce((sum, value, at) => sum + (value < (numbers[at + 1] ?? 0) ? -value : value), 0);
}

/** Titles with their page's number in it are alike. */
const keyOf = (text: string): string => text.replace(/\d+/g, "#").replace(/\s+/g, " ").toLowerCase().trim();

function byHeight<Place extends { readonly y: number; readonly page: number }>(
  places: readonly Place[],
): Place[][] {
  const groups: Place[][] = [];
  for (const place of places.toSorted((a, b) => a.y - b.y)) {
    const group = groups.at(-1);
    if (group && place.y - group.at(-1)!.y < 0.012) group.push(place);
    else groups.push([place]);
  }
  return groups.map((group) => group.sort((a, b) => a.page - b.page));
}

/**
 * Tells whether each number of the lines stays as it is, or grows with the pages, from most lines to the
 * next: others are what the pages tell.
 */
function growsWithPages(
  places: readonly { readonly page: number; readonly numbers: readonly number[] }[],
  mayStay: boolean,
): boolean {
  return places[0]!.numbers.every((_, slot) => {
    let nRight = 0;
    for (let at = 1; at < places.length; at++) {
      const [before, here] = [places[at - 1]!, places[at]!];
      const step = here.numbers[slot]! - before.numbers[slot]!;
      if (step === here.page - before.page || (mayStay && step === 0)) nRight++;
    }
    return nRight >= 0.5 * (places.length - 1);
  });
}
