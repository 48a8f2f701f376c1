import { Cpu, DatabaseZap, X } from "lucide-react";
import { useId } from "react";
import { dismissNote, useShownNotes, type VisitNote } from "../../stores/visit-notes";
import { IconButton } from "../parts/buttons/IconButton";
import { stepsForSoftware, stepsForStorage } from "../parts/words/visit-advice";
import { mark, t } from "../../../language/language";
import styles from "./VisitNotes.module.css";

const words = {
  software: {
    icon: Cpu,
    sentence: mark("No graphics card is in use: the demo runs, a 0.8B model takes seconds a token."),
    steps: stepsForSoftware,
  },
  "memory-only": {
    icon: DatabaseZap,
    sentence: mark("Site data is blocked: chats and models last until this page is closed."),
    steps: stepsForStorage,
  },
} as const;

/** Facts of this browser that a person should know at once, a line each, to be hidden for the visit. */
export function VisitNotes() {
  const notes = useShownNotes();
  return notes.map((note) => <Note key={note} note={note} />);
}

function Note({ note }: { note: VisitNote }) {
  const id = useId();
  const { icon: Icon, sentence, steps } = words[note];
  return (
    <div className={styles.note} role="note">
      <Icon size={16} aria-hidden />
      <p>
        {t(sentence)}{" "}
        <button type="button" className={styles.more} popoverTarget={id}>
          {t("What to do")}
        </button>
      </p>
      <IconButton
        className={styles.hide}
        label={t("Hide this note")}
        icon={X}
        onClick={() => dismissNote(note)}
      />
      <div
        id={id}
        className={styles.steps}
        popover="auto"
        role="dialog"
        aria-label={t("What to do")}
        data-popover
      >
        <p>{t(sentence)}</p>
        <ul>
          {steps(navigator.userAgent).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
