import { counted } from "../../../../ground/figures";
import { useId, useState } from "react";
import { languageFor, recognitionLanguages, type RecognitionLanguage } from "../../../../documents/protocol";
import { recognizeText, stopReadingAgain, type Attachment } from "../../../stores/documents/attachments";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";
import styles from "./RecognitionOffer.module.css";

interface Props {
  attachment: Attachment;
}

/** Offers to recognise the text of scanned pages and pictures; a person says when, and in which language. */
export function RecognitionOffer({ attachment: { key, name, reading } }: Props) {
  const id = useId();
  const [language, setLanguage] = useState(() => languageFor(navigator.languages));
  if (reading.phase === "reading")
    return reading.progress?.isRecognition ? (
      <Button look="quiet" onClick={() => stopReadingAgain(key)}>
        {t("Stop recognising {name}", { name })}
      </Button>
    ) : null;
  const what = recognizable(reading);
  if (what === null) return null;
  return (
    <div className={styles.offer}>
      <Button look="quiet" onClick={() => recognizeText(key, language)}>
        {t("Recognise the text{what}", { what })}
      </Button>
      <label htmlFor={id}>{t("in")}</label>
      <select
        id={id}
        aria-label={t("Language of {name}", { name })}
        value={language}
        onChange={({ target }) => setLanguage(target.value as RecognitionLanguage)}
      >
        {Object.entries(recognitionLanguages).map(([code, known]) => (
          <option key={code} value={code}>
            {known.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The pages that can be recognised, as words after "the text"; `null` where there are none. */
function recognizable(reading: Exclude<Attachment["reading"], { phase: "reading" }>): string | null {
  if (reading.phase === "failed")
    return /^document-(?:scanned|picture)$/.test(reading.error.code) ? "" : null;
  const pages = reading.info.notes.flatMap(({ kind, numbers = [] }) => (kind === "scanned" ? numbers : []));
  if (pages.length === 0) return null;
  return pages.length === 1
    ? t(" of page {page}", { page: pages[0] })
    : t(" of {pages}", { pages: counted(pages.length, "page") });
}
