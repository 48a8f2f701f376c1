import type { TreeNode as Node } from "./nodes";

const blocks = new Set(["p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"]);

/** The property by which the component of `span` finds its quotation. */
export const quotationProperty = "dataQuotation";

/** A quotation of an answer, by its place in the answer's list of them. */
export interface IndexedQuotation {
  readonly text: string;
  readonly index: number;
}

/**
 * A rehype plugin: puts each of `quotations`, in the order of the answer, into a `span` of its own; in
 * several pieces where part of it is emphasised.
 */
export function markQuotations(quotations: readonly IndexedQuotation[]): (tree: Node) => void {
  // Marks that Markdown makes emphasis of are gone from the text that is shown.
  const shown = quotations.map(({ text, index }) => ({ text: text.replace(/[*_]{1,3}/g, ""), index }));
  const visit = (node: Node) => {
    if (node.type === "element" && blocks.has(node.tagName ?? "")) markBlock(node, shown);
    node.children?.forEach((child) => {
      if (child.tagName !== "code") visit(child);
    });
  };
  return visit;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

function markBlock(block: Node, shown: readonly IndexedQuotation[]): void {
  const texts = textsOf(block);
  // A quotation may go on over the ends of lines, and has spaces for them.
  const whole = texts.map(({ value = "" }) => value.replace(/\s/g, " ")).join("");
  const stretches: Stretch[] = [];
  for (const { text, index } of shown) {
    // One that stands there twice is quoted twice: the second is sought behind the first.
    const before = stretches.findLast((one) => whole.slice(one.start, one.end) === text)?.end ?? 0;
    const start = placeOf(text, whole, before);
    if (start >= 0) stretches.push({ start, end: start + text.length, index });
  }
  stretches.sort((a, b) => a.start - b.start);
  if (stretches.length > 0) {
    let offset = 0;
    for (const text of texts) {
      const length = text.value!.length;
      split(text, offset, stretches);
      offset += length;
    }
  }
}

/** The place of a quotation, behind a mark if there is such a one. */
function placeOf(text: string, whole: string, from: number): number {
  for (let at = whole.indexOf(text, from); at >= 0; at = whole.indexOf(text, at + 1))
    if (/["'“”„«»‹›‘‚「『《＂]/.test(whole[at - 1] ?? "")) return at;
  return whole.indexOf(text, from);
}

/** Text of a block, without code and without that of blocks inside it. */
function textsOf(node: Node): Node[] {
  return (node.children ?? []).flatMap((child) => {
    if (child.type === "text") return [child];
    return child.tagName === "code" || blocks.has(child.tagName ?? "") ? [] : textsOf(child);
  });
}

/** Makes the text node an element that holds its pieces. */
function split(node: Node, offset: number, stretches: readonly Stretch[]): void {
  const value = node.value!;
  const children: Node[] = [];
  let at = 0;
  for (const { start, end, index } of stretches) {
    const from = Math.max(at, start - offset);
    const to = Math.min(value.length, end - offset);
    if (from >= to) continue;
    if (from > at) children.push({ type: "text", value: value.slice(at, from) });
    children.push({
      type: "element",
      tagName: "span",
      properties: { [quotationProperty]: String(index) },
      children: [{ type: "text", value: value.slice(from, to) }],
    });
    at = to;
  }
  if (children.length === 0) return;
  if (at < value.length) children.push({ type: "text", value: value.slice(at) });
  Object.assign(node, { type: "element", tagName: "span", properties: {}, children });
  delete node.value;
}
