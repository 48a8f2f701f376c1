import { useId, useMemo, useState } from "react";
import type { Quotation } from "../../../ground/document";
import { Block, BlockRun } from "./BlockRun";
import { copySources } from "./formula/copy-sources";
import { NotesOf } from "./notes/message-notes";
import { NoteList } from "./notes/NoteList";
import { useSettled } from "./pace/use-settled";
import { useSlices } from "./pace/use-slices";
import { Quotations } from "./QuotationMark";
import { runsOf } from "./runs-of";
import { BlockSplitter } from "./source/split-blocks";
import { quotationsOfBlocks } from "./tree/quotations-of-blocks";
import styles from "./Markdown.module.css";

interface Props {
  text: string;
  /** The stretches that are quoted from documents. */
  quotations?: readonly Quotation[] | undefined;
  /** More text comes. */
  isGrowing?: boolean | undefined;
}

const noQuotations: readonly Quotation[] = [];

/**
 * Markdown that a model wrote: no raw HTML, nothing fetched. Blocks that did not change are not parsed again.
 */
export function Markdown({ text, quotations = noQuotations, isGrowing = false }: Props) {
  const id = useId();
  const [splitter] = useState(() => new BlockSplitter());
  const { blocks, notes } = useMemo(() => splitter.split(text), [splitter, text]);
  const ofBlocks = useMemo(() => quotationsOfBlocks(blocks, quotations), [blocks, quotations]);
  const all = useMemo(() => quotations.map(({ text }, index) => ({ text, index })), [quotations]);
  const nDrawn = useSlices(blocks.length);
  const runs = useMemo(() => runsOf(blocks), [blocks]).filter(({ from }) => from < nDrawn);
  const nSettled = useSettled(isGrowing, runs.length);
  return (
    <Quotations value={quotations}>
      <NotesOf value={id}>
        <div className={styles.markdown} data-text="markdown" onCopy={copySources}>
          {runs.map(({ from, to: end }, at) => {
            const to = Math.min(end, nDrawn);
            return (
              <BlockRun
                key={from}
                blocks={blocks.slice(from, to)}
                quotations={ofBlocks.slice(from, to)}
                isSettled={at < nSettled}
              />
            );
          })}
          {notes.length > 0 && nDrawn === blocks.length && (
            <NoteList
              notes={notes.map(({ number, block }) => ({
                number,
                content: <Block block={block} quotations={all} />,
              }))}
            />
          )}
        </div>
      </NotesOf>
    </Quotations>
  );
}
