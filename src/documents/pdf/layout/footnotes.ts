import { medianOf } from "./columns";
import type { TextLine } from "./rows";

const noteMark = /^(?:\d{1,3}|[*†‡§¶∗]|\[\d{1,3}\]|[a-z]\))[.)]?\s?(?=\S)/u;
/** Notes take less of a column than this. */
const MOST_LINES = 0.5;

/**
 * Takes the notes at the foot of columns out of the text: smaller than it, below it, the first with a
 * mark. Read in place, those
 * of the left column would part a sentence that goes on in the right one.
 */
export function separateFootnotes(regions: readonly (readonly TextLine[])[]): {
  readonly body: readonly TextLine[];
  readonly footnotes: readonly TextLine[];
} {
  const sizes = regions.flatMap((region) =>
    region.flatMap((line) => new Array<number>(Math.min(9, line.text.length >> 3)).fill(line.size)),
  );
  const bodySize = medianOf(sizes);
  const body: TextLine[] = [];
  const footnotes: TextLine[] = [];
  for (const region of regions) {
    let first = region.length;
    while (first > 0 && region[first - 1]!.size < 0.93 * bodySize) first--;
    // A page's number or footer may stand among them: it is kept with the text.
    while (first < region.length && !noteMark.test(region[first]!.text)) first++;
    const isNotes = first > 0 && region.length - first < MOST_LINES * region.length;
    const end = isNotes ? first : region.length;
    body.push(...region.slice(0, end));
    footnotes.push(
      ...region.slice(end).map((line) => (noteMark.test(line.text) ? { ...line, isApart: true } : line)),
    );
  }
  return { body, footnotes };
}
