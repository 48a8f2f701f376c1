import type { QuotedStretch } from "./quotations";

const marker = /^[ \t]{0,3}(?:>[ \t]?)+/gm;

/** The answer with spaces for the marks of block quotes, so that a quotation goes on over their lines. */
export const withoutMarkers = (answer: string): string =>
  answer.replace(marker, (marks) => " ".repeat(marks.length));

/** Paragraphs of Markdown's block quotes, without the line that says whose words they are. */
export function blockQuotes(answer: string): readonly QuotedStretch[] {
  const found: QuotedStretch[] = [];
  let lines: { text: string; start: number }[] = [];
  const close = () => {
    const quoted = isSource(lines.at(-1)?.text) ? lines.slice(0, -1) : lines;
    lines = [];
    if (quoted.length === 0 || isNoQuotation(quoted[0]!.text)) return;
    const text = quoted.map((line) => line.text).join(" ");
    const { start } = quoted[0]!;
    const end = quoted.at(-1)!.start + quoted.at(-1)!.text.length;
    if (text.length > 1) found.push({ text, start, end });
  };
  let at = 0;
  for (const line of answer.split("\n")) {
    const marks = /^[ \t]{0,3}(?:>[ \t]?)+/.exec(line)?.[0];
    const rest = marks === undefined ? "" : line.slice(marks.length);
    const text = rest.trim();
    if (text === "" || /^(?:[-*+]|\d+[.)])\s/.test(text)) close();
    if (text !== "") lines.push({ text, start: at + marks!.length + rest.length - rest.trimStart().length });
    at += line.length + 1;
  }
  close();
  return found;
}

/** "— Report, page 3", "(page 3)": where the words are from. */
const isSource = (line = "") => /^(?:[—–]|--|-\s|\*[—–])/.test(line) || /^\((?:[^()]*\d[^()]*)\)$/.test(line);

/** A note, a heading, an item or a table's row in a block quote. */
const isNoQuotation = (line: string) =>
  /^(?:\[!|#{1,6}\s|[|]|[-*+]\s|\d+[.)]\s|\*\*[^*]{1,30}:?\*\*:?\s*)/.test(line);
