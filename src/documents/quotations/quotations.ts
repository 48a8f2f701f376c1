import { blockQuotes, withoutMarkers } from "./block-quotes";

/** A stretch in quotation marks, without them. */
export interface QuotedStretch {
  /** Its words; an end of a line is a space. */
  readonly text: string;
  /** The start of the text without its marks, in the answer. */
  readonly start: number;
  readonly end: number;
  /** Marks that stand for other things too: what they hold is a quotation only if it is found. */
  readonly isUnsure?: boolean;
}

/** The text that may stand between marks: a line may end, a paragraph or an item of a list may not. */
const between = (marks: string) => `(?:[^${marks}\\n]|\\n(?![ \\t]*(?:\\n|[-*+#|][ \\t]|\\d+[.)][ \\t])))+?`;
const pair = (open: string, close: string) =>
  new RegExp(`[${open}](?=\\S)(${between(open + close)})(?<=\\S)[${close}]`, "gu");
/** A letter of a script with spaces between its words. */
const letter = String.raw`\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}`;

const pairs: readonly (readonly [marks: RegExp, isUnsure?: true])[] = [
  [pair("“", "”")],
  [pair("„", "“”")],
  [new RegExp(`”(?=\\S)(${between("“”„")})(?<=\\S)”`, "gu")], // Swedish, Finnish
  [pair("«", "»")],
  [pair("»", "«")],
  [pair("「", "」")],
  [pair("『", "』")],
  [pair("《", "》"), true],
  [pair("‹", "›")],
  [pair("›", "‹")],
  [pair("‚", "‘’")],
  [pair("＂", "＂")],
  // An apostrophe inside of a word is no mark.
  [
    new RegExp(
      `(?<![${letter}])‘(?=\\S)((?:[^‘’\\n]|’(?=\\p{L})|\\n(?!\\s*\\n))+?)(?<=\\S)’(?!\\p{L})`,
      "gu",
    ),
  ],
  [new RegExp(`(?<![${letter}])"(?=\\S)(${between('"')})(?<=\\S)"(?![${letter}])`, "gu")],
  [
    new RegExp(`(?<![${letter}])'(?=\\S)((?:[^'\\n]|'(?=\\p{L})|\\n(?!\\s*\\n))+?)(?<=\\S)'(?!\\p{L})`, "gu"),
    true,
  ],
];

/**
 * Lists what stands in quotation marks of any language or in a block quote, in order. Code is left out; of
 * marks in marks the outer ones count.
 */
export function quotationsIn(answer: string): readonly QuotedStretch[] {
  const prose = answer.replace(/```[^]*?(?:```|$)|`[^`\n]*`/g, (code) => "\n".repeat(code.length));
  const plain = withoutMarkers(prose);
  const marked = pairs.flatMap(([marks, isUnsure]) =>
    [...plain.matchAll(marks)]
      .filter((match) => match[1]!.length > 1)
      .map((match) => {
        const start = match.index + 1;
        const text = match[1]!.replace(/\s*\n\s*/g, " ");
        return { text, start, end: start + match[1]!.length, ...(isUnsure && { isUnsure }) };
      }),
  );
  const blocks = blockQuotes(prose).filter(({ start, end }) => {
    const inMarks = marked.filter((one) => one.start >= start && one.end <= end);
    // Marks around nearly all of a block quote are the quotation.
    return !inMarks.some((one) => (one.end - one.start) * 2 > end - start);
  });
  const found = [...marked, ...blocks].sort((a, b) => a.start - b.start || b.end - a.end);
  const outer: QuotedStretch[] = [];
  for (const one of found) if (one.start >= (outer.at(-1)?.end ?? 0)) outer.push(one);
  return outer;
}
