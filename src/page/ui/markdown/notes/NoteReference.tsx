import { use } from "react";
import { goTo, noteId, NotesOf } from "./message-notes";
import { t } from "../../../../language/language";

/** The number of a footnote, which goes to it. */
export function NoteReference({ number }: { number: number }) {
  const prefix = use(NotesOf);
  const id = noteId(prefix, number);
  return (
    <sup>
      <a
        href={`#${id}`}
        data-note={id}
        aria-label={t("Footnote {number}", { number })}
        onClick={(event) => {
          event.preventDefault();
          goTo(document.getElementById(id));
        }}
      >
        {number}
      </a>
    </sup>
  );
}
