import { FileText } from "lucide-react";
import { useState } from "react";
import type { MessageDocument } from "../../stores/documents/attachments";
import { openDocument } from "../../stores/documents/document-view";
import { counted, formatCount } from "../parts/words/format";
import { t } from "../../../language/language";
import styles from "./DocumentChips.module.css";

interface Props {
  documents: readonly MessageDocument[];
}

/** A folder's files would push the question off the screen. */
const mostAtFirst = 8;

/** The documents of a message that was sent; each opens beside the chat, at the part that was asked about. */
export function DocumentChips({ documents }: Props) {
  const [isWhole, setIsWhole] = useState(documents.length <= mostAtFirst);
  const shown = isWhole ? documents : documents.slice(0, mostAtFirst);
  return (
    <ul className={styles.chips} aria-label={t("Documents of this message")}>
      {shown.map(({ id, name, range, nTokens }, n) => (
        <li key={`${id} ${n}`}>
          <button
            type="button"
            className={styles.documentChip}
            onClick={() => void openDocument({ id, name }, range && { start: range.start, end: range.start })}
          >
            <FileText size={15} aria-hidden />
            <span className={styles.name}>{name}</span>
            <span className={styles.facts}>
              {[range?.label, nTokens !== null && counted(nTokens, "token")].filter(Boolean).join(", ")}
            </span>
          </button>
        </li>
      ))}
      {!isWhole && (
        <li>
          <button type="button" className={styles.documentChip} onClick={() => setIsWhole(true)}>
            {t("and {count} more", { count: formatCount(documents.length - mostAtFirst) })}
          </button>
        </li>
      )}
    </ul>
  );
}
