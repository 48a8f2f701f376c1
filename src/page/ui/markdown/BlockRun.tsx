import { memo } from "react";
import { FencedBlock } from "./FencedBlock";
import type { MarkdownBlock } from "./source/split-blocks";
import { TextBlock } from "./TextBlock";
import type { IndexedQuotation } from "./tree/mark-quotations";
import styles from "./Markdown.module.css";

interface Props {
  blocks: readonly MarkdownBlock[];
  /** Those that stand in each block. */
  quotations: readonly (readonly IndexedQuotation[])[];
  /** It does not change any more, and the browser may pass over it while it is out of sight. */
  isSettled: boolean;
}

/** Blocks that follow one another. While an answer comes, only the last run is gone through. */
export const BlockRun = memo(
  function BlockRun({ blocks, quotations, isSettled }: Props) {
    return (
      <div className={styles.run} data-settled={isSettled || undefined}>
        {blocks.map((block, at) => (
          <Block key={at} block={block} quotations={quotations[at]!} />
        ))}
      </div>
    );
  },
  (before, now) =>
    before.isSettled === now.isSettled &&
    isSame(before.blocks, now.blocks) &&
    isSame(before.quotations, now.quotations),
);

/** One block. Text that did not change is not parsed again. */
export function Block({
  block,
  quotations,
}: {
  block: MarkdownBlock;
  quotations: readonly IndexedQuotation[];
}) {
  return block.kind === "code" ? (
    <FencedBlock language={block.language} code={block.code} isOpen={block.isOpen ?? false} />
  ) : (
    <TextBlock {...block} quotations={quotations} />
  );
}

const isSame = (before: readonly unknown[], now: readonly unknown[]): boolean =>
  before.length === now.length && before.every((one, at) => one === now[at]);
