/** A stretch in quotation marks, without them. */
export interface QuotedStretch {
  readonly text: string;
  /** The start of the text without its marks, in the answer. */
  readonly start: number;
  readonly end: number;
}

const pairs: readonly RegExp[] = [
  /“([^“”„\n]{2,})”/gu,
  /„([^“”„\n]{2,})[“”]/gu,
  /«([^«»\n]{2,})»/gu,
  /»([^«»\n]{2,})«/gu,
  /「([^「」\n]{2,})」/gu,
  /『([^『』\n]{2,})』/gu,
  /"([^"\n]{2,})"/gu,
];

/**
 * Lists what stands in quotation marks of any language, in order. Code is left out; of marks in marks the
 * outer ones count.
 */
export function quotationsIn(answer: string): readonly QuotedStretch[] {
  const prose = answer.replace(/```[^]*?(?:```|$)|`[^`\n]*`/g, (code) => "\n".repeat(code.length));
  const found = pairs
    .flatMap((pair) => [...prose.matchAll(pair)])
    .map((match) => ({ text: match[1]!, start: match.index + 1, end: match.index + 1 + match[1]!.length }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const outer: QuotedStretch[] = [];
  for (const one of found) if (one.start >= (outer.at(-1)?.end ?? 0)) outer.push(one);
  return outer;
}
