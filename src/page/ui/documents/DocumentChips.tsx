import { FileText } from "lucide-react";
import type { MessageDocument } from "../../stores/documents/attachments";
import { openDocument } from "../../stores/documents/document-view";
import { counted } from "../parts/words/format";
import { t } from "../../../language/language";
import styles from "./DocumentChips.module.css";

interface Props {
  documents: readonly MessageDocument[];
}

/** The documents of a message that was sent; each opens beside the chat, at the part that was asked about. */
export function DocumentChips({ documents }: Props) {
  return (
    <ul className={styles.chips} aria-label={t("Documents of this message")}>
      {documents.map(({ id, name, range, nTokens }, n) => (
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
    </ul>
  );
}
