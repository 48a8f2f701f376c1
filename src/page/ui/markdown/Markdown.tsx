import { useId, useMemo, useState } from "react";
import type { Quotation } from "../../../ground/document";
import { copySources } from "./formula/copy-sources";
import { FencedBlock } from "./FencedBlock";
import { NotesOf } from "./notes/message-notes";
import { NoteList } from "./notes/NoteList";
import { useSlices } from "./pace/use-slices";
import { Quotations } from "./QuotationMark";
import { BlockSplitter, type MarkdownBlock } from "./source/split-blocks";
import { TextBlock } from "./TextBlock";
import { quotationsOfBlocks } from "./tree/quotations-of-blocks";
import styles from "./Markdown.module.css";

interface Props {
  text: string;
  /** The stretches that are quoted from documents. */
  quotations?: readonly Quotation[] | undefined;
}

const noQuotations: readonly Quotation[] = [];

/**
 * Markdown that a model wrote: no raw HTML, nothing fetched. Blocks that did not change are not parsed again.
 */
export function Markdown({ text, quotations = noQuotations }: Props) {
  const id = useId();
  const [splitter] = useState(() => new BlockSplitter());
  const { blocks, notes } = useMemo(() => splitter.split(text), [splitter, text]);
  const ofBlocks = useMemo(() => quotationsOfBlocks(blocks, quotations), [blocks, quotations]);
  const all = useMemo(() => quotations.map(({ text }, index) => ({ text, index })), [quotations]);
  const nDrawn = useSlices(blocks.length);
  const drawn = (block: MarkdownBlock, at: number) =>
    block.kind === "code" ? (
      <FencedBlock key={at} language={block.language} code={block.code} isOpen={block.isOpen ?? false} />
    ) : (
      <TextBlock key={at} {...block} quotations={ofBlocks[at] ?? all} />
    );
  return (
    <Quotations value={quotations}>
      <NotesOf value={id}>
        <div className={styles.markdown} data-text="markdown" onCopy={copySources}>
          {blocks.slice(0, nDrawn).map(drawn)}
          {notes.length > 0 && nDrawn === blocks.length && (
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
