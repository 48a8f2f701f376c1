// A paragraph this long is a model gone astray; parsed anew for every token it would hold up the page.
const longest = 12_000;
// What a block of 12,000 characters may have of each, so that its parse stays under about 100 ms.
const mostLines = 600;
const mostMarks = 1_000;
const mostOpen = 300;
const deepest = 30;

const tooDeep = new RegExp(`^(?:[ \\t]*[>*+-]){${deepest}}|^[ \\t]{${deepest * 2}}`, "m");

/** Says that its parser would take too long for a text: a very long one, or nested as nobody writes. */
export function isTooHard(source: string): boolean {
  return (
    source.length > longest ||
    countOf(source, /\n/g) > mostLines ||
    countOf(source, /[*_~]/g) > mostMarks ||
    countOf(source, /[[<]/g) > mostOpen ||
    countOf(source, /:\/\/|www\./g) > mostOpen ||
    tooDeep.test(source)
  );
}

function countOf(source: string, pattern: RegExp): number {
  return source.match(pattern)?.length ?? 0;
}
