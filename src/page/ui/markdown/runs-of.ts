import type { MarkdownBlock } from "./source/split-blocks";

/** Number of blocks of a run, at least: some screens of text. */
const leastBlocks = 16;

/** A stretch of blocks, by the places of its first and of the one behind its last. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** Parts blocks into runs. One never ends with a heading, whose text would stand in the next. */
export function runsOf(blocks: readonly MarkdownBlock[]): readonly Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let to = 1; to <= blocks.length; to++) {
    if (to < blocks.length && (to - from < leastBlocks || isHeading(blocks[to - 1]!))) continue;
    runs.push({ from, to });
    from = to;
  }
  return runs;
}

const isHeading = (block: MarkdownBlock): boolean => block.kind === "text" && /^ {0,3}#/.test(block.source);
