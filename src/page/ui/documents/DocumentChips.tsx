import { FileText } from "lucide-react";
import type { MessageDocument } from "../../stores/documents/attachments";
import { openDocument } from "../../stores/documents/document-view";
import { formatCount } from "../parts/words/format";
import "./DocumentChips.css";

interface Props {
  documents: readonly MessageDocument[];
}

/** The documents of a message that was sent; each opens beside the chat, at the part that was asked about. */
export function DocumentChips({ documents }: Props) {
  return (
    <ul className="document-chips" aria-label="Documents of this message">
      {documents.map(({ id, name, range, nTokens }, n) => (
        <li key={`${id} ${n}`}>
          <button
            type="button"
            className="document-chip"
            onClick={() => void openDocument({ id, name }, range && { start: range.start, end: range.start })}
          >
            <FileText size={15} aria-hidden />
            <span className="document-chip-name">{name}</span>
            <span className="document-chip-facts">
              {[range?.label, nTokens !== null && `${formatCount(nTokens)} tokens`]
                .filter(Boolean)
                .join(", ")}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
