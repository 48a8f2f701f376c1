import { use, type ReactNode } from "react";
import { goTo, noteId, NotesOf } from "./message-notes";
import styles from "./NoteList.module.css";

interface Props {
  notes: readonly { readonly number: number; readonly content: ReactNode }[];
}

/** The footnotes of an answer, each with the way back to where it is named first. */
export function NoteList({ notes }: Props) {
  const prefix = use(NotesOf);
  return (
    <div className={styles.notes} role="group" aria-label="Footnotes">
      <ol>
        {notes.map(({ number, content }) => {
          const id = noteId(prefix, number);
          return (
            <li key={number} id={id} value={number} tabIndex={-1}>
              {content}
              <button
                type="button"
                className={styles.back}
                aria-label={`Back to footnote ${number} in the text`}
                onClick={() => goTo(document.querySelector<HTMLElement>(`[data-note="${id}"]`))}
              >
                ↩
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
