import type { MarkdownBlock } from "../source/split-blocks";
import type { IndexedQuotation } from "./mark-quotations";

const none: readonly IndexedQuotation[] = [];

/** For each block the quotations that stand in it: the same words may be quoted twice, from two places. */
export function quotationsOfBlocks(
  blocks: readonly MarkdownBlock[],
  quotations: readonly { readonly text: string }[],
): readonly (readonly IndexedQuotation[])[] {
  if (quotations.length === 0 || blocks.length === 0) return blocks.map(() => none);
  const sources = blocks.map((block) => (block.kind === "text" ? bare(block.source) : ""));
  const found = blocks.map((): IndexedQuotation[] => []);
  let [block, at] = [0, 0];
  for (const [index, { text }] of quotations.entries()) {
    const wanted = bare(text);
    let next = block;
    let place = sources[block]!.indexOf(wanted, at);
    while (place < 0 && next + 1 < sources.length) place = sources[++next]!.indexOf(wanted);
    // One that is written in another way in the source may be in any of them.
    if (place < 0) for (const one of found) one.push({ text, index });
    else {
      found[next]!.push({ text, index });
      [block, at] = [next, place + wanted.length];
    }
  }
  return found;
}

/** Text without what Markdown makes of it: marks of emphasis and of block quotes, and spaces. */
const bare = (text: string) => text.replace(/[\s*_>\\]+/g, "");
