import { useState } from "react";
import type { DocumentNote } from "../../../../documents/protocol";
import styles from "./DocumentNotes.module.css";
import { counted } from "../../parts/words/format";

interface Props {
  notes: readonly DocumentNote[];
}

/** More lines than this fold away: the list of attachments stays a list. */
const shownFirst = 2;

/** The notes on a document: what was left out, guessed or damaged, a line each. */
export function DocumentNotes({ notes }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  if (notes.length === 0) return null;
  const nMore = notes.length - shownFirst;
  return (
    <div className={styles.notes}>
      <ul>
        {(isOpen ? notes : notes.slice(0, shownFirst)).map(({ kind, sentence }) => (
          <li key={sentence} data-kind={kind}>
            {sentence}
          </li>
        ))}
      </ul>
      {nMore > 0 && (
        <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? "Fewer notes" : `${counted(nMore, "more note")}…`}
        </button>
      )}
    </div>
  );
}
