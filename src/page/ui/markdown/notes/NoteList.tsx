import { use, type ReactNode } from "react";
import { goTo, noteId, NotesOf } from "./message-notes";
import { t } from "../../../../language/language";
import styles from "./NoteList.module.css";

interface Props {
  notes: readonly { readonly number: number; readonly content: ReactNode }[];
}

/** The footnotes of an answer, each with the way back to where it is named first. */
export function NoteList({ notes }: Props) {
  const prefix = use(NotesOf);
  return (
    <div className={styles.notes} role="group" aria-label={t("Footnotes")}>
      <ol>
        {notes.map(({ number, content }) => {
          const id = noteId(prefix, number);
          return (
            <li key={number} id={id} value={number} tabIndex={-1}>
              {content}
              <button
                type="button"
                className={styles.back}
                aria-label={t("Back to footnote {number} in the text", { number })}
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
