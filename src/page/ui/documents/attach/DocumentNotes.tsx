import type { DocumentNote } from "../../../../documents/protocol";
import { t } from "../../../../language/language";
import styles from "./DocumentNotes.module.css";

interface Props {
  notes: readonly DocumentNote[];
}

/** The notes on a document: what was left out, guessed or damaged, a line each. */
export function DocumentNotes({ notes }: Props) {
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes} aria-label={t("Notes")}>
      {notes.map(({ kind, sentence }) => (
        <li key={sentence} data-kind={kind}>
          {sentence}
        </li>
      ))}
    </ul>
  );
}
