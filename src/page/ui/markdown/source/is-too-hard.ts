// A paragraph this long is a model gone astray; parsed anew for every token it would hold up the page.
const longest = 12_000;
const mostMarks = 3_000;
const mostOpen = 400;
const deepest = 60;

/** Says that its parser would take too long for a text: a very long one, or nested as nobody writes. */
export function isTooHard(source: string): boolean {
  if (source.length > longest) return true;
  return (
    countOf(source, /[*_~]/g) > mostMarks ||
    countOf(source, /\[/g) > mostOpen ||
    countOf(source, /</g) > mostOpen ||
    new RegExp(`^(?:[ \\t]*[>*+-]){${deepest}}`, "m").test(source) ||
    new RegExp(`^[ \\t]{${deepest * 2}}`, "m").test(source)
  );
}

function countOf(source: string, character: RegExp): number {
  return source.match(character)?.length ?? 0;
}
