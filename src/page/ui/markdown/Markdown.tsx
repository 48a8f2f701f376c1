import { useDeferredValue, useId, useMemo } from "react";
import type { Quotation } from "../../../ground/document";
import { CodeBlock } from "./code/CodeBlock";
import { copySources } from "./formula/copy-sources";
import { NotesOf } from "./notes/message-notes";
import { NoteList } from "./notes/NoteList";
import { Quotations } from "./QuotationMark";
import { splitBlocks, type MarkdownBlock } from "./source/split-blocks";
import { TextBlock } from "./TextBlock";
import { quotationsOfBlocks } from "./tree/quotations-of-blocks";
import styles from "./Markdown.module.css";

interface Props {
  text: string;
  /** The stretches that are quoted from documents. */
  quotations?: readonly Quotation[] | undefined;
}

/** Number of blocks that are drawn first, about a screen; the others follow in slices. */
const drawnAtOnce = 30;

const noQuotations: readonly Quotation[] = [];

/**
 * Markdown that a model wrote: no raw HTML, nothing fetched. Blocks that did not change are not parsed again.
 */
export function Markdown({ text, quotations = noQuotations }: Props) {
  const id = useId();
  const { blocks, notes } = useMemo(() => splitBlocks(text), [text]);
  const ofBlocks = useMemo(() => quotationsOfBlocks(blocks, quotations), [blocks, quotations]);
  const all = useMemo(() => quotations.map(({ text }, index) => ({ text, index })), [quotations]);
  const isWhole = useDeferredValue(true, blocks.length <= drawnAtOnce);
  const drawn = (block: MarkdownBlock, at: number) =>
    block.kind === "code" ? (
      <CodeBlock key={at} language={block.language} code={block.code} />
    ) : (
      <TextBlock key={at} {...block} quotations={ofBlocks[at] ?? all} />
    );
  return (
    <Quotations value={quotations}>
      <NotesOf value={id}>
        <div className={styles.markdown} data-text="markdown" onCopy={copySources}>
          {(isWhole ? blocks : blocks.slice(0, drawnAtOnce)).map(drawn)}
          {notes.length > 0 && (
            <NoteList
              notes={notes.map(({ number, block }) => ({
                number,
                content: drawn(block, blocks.length + number),
              }))}
            />
          )}
        </div>
      </NotesOf>
    </Quotations>
  );
}
