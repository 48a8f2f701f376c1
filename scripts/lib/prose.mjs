/**
 * Markdown as what a reader meets: its blocks, sentences and links. It reads what prettier has formatted, so
 * blocks stand between empty lines and a list's text is indented.
 *
 * @typedef {{ kind: "paragraph" | "list" | "heading" | "table" | "code", text: string }} Block
 */

/**
 * @param {string} markdown
 * @returns {Block[]}
 */
export function blocksOf(markdown) {
  const blocks = [];
  let isCode = false;
  let isOpen = false; // whether the next line may go on with the block before it
  for (const line of markdown.split("\n")) {
    const isFence = /^\s*(```|~~~)/.test(line);
    if (isFence) isCode = !isCode;
    if (isCode || isFence || /^<!--/.test(line)) {
      isOpen = false;
      continue;
    }
    const text = line.trim();
    const kind = kindOf(line);
    if (text === "") isOpen = false;
    else if (kind === undefined && isOpen) blocks.at(-1).text += ` ${text}`;
    else {
      // An indented line behind an empty one is a list item's second paragraph.
      const isOfList = /^\s{2,}\S/.test(line) && blocks.at(-1)?.kind === "list";
      blocks.push({
        kind: kind ?? (isOfList ? "list" : "paragraph"),
        text: text.replace(/^([-*]|\d+\.) /, ""),
      });
      isOpen = kind !== "heading" && kind !== "table";
    }
  }
  return blocks;
}

function kindOf(line) {
  if (/^#{1,6} /.test(line)) return "heading";
  if (/^\s*\|/.test(line)) return "table";
  if (/^\s*([-*]|\d+\.) /.test(line)) return "list";
  return undefined;
}

/** The words of a text: code, a link's text and a number count as a reader takes them, in one look each. */
export function wordsOf(text) {
  const plain = text
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/`[^`]*`/g, "code")
    .replaceAll(/[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}/g, "");
  return plain.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** The sentences of a block, without the date that an entry of docs/decisions begins with. */
export function sentencesOf(text) {
  return text
    .replace(/^\d{4}-\d\d-\d\d\. /, "")
    .split(/(?<=[.!?][)"”*`]*)\s+(?=[\p{Lu}\p{N}"“(`*[])/u)
    .filter((sentence) => wordsOf(sentence).length > 0);
}

/** Measures the habit of short sentences; a document without prose has a mean of 0. */
export function measure(markdown) {
  const prose = blocksOf(markdown).filter(({ kind }) => kind === "paragraph" || kind === "list");
  const sentences = prose
    .flatMap(({ text }) => sentencesOf(text))
    .map((sentence) => wordsOf(sentence).length);
  const paragraphs = prose.filter(({ kind }) => kind === "paragraph").map(({ text }) => wordsOf(text).length);
  const total = sentences.reduce((sum, words) => sum + words, 0);
  return {
    sentences: sentences.length,
    mean: sentences.length === 0 ? 0 : total / sentences.length,
    longestSentence: Math.max(0, ...sentences),
    longestParagraph: Math.max(0, ...paragraphs),
  };
}

/**
 * The targets of links and images, code aside.
 *
 * @param {string} markdown
 * @returns {string[]}
 */
export function linksOf(markdown) {
  return blocksOf(markdown).flatMap(({ text }) =>
    [...text.replaceAll(/`[^`]*`/g, "").matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target]) => target),
  );
}

/**
 * The names that links may go to within a document, as GitHub makes them of its headings.
 *
 * @param {string} markdown
 * @returns {string[]}
 */
export function anchorsOf(markdown) {
  return blocksOf(markdown)
    .filter(({ kind }) => kind === "heading")
    .map(({ text }) =>
      text
        .replace(/^#+ /, "")
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/g, "-"),
    );
}
