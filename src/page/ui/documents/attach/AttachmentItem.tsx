import { ClipboardType, FileText, TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { removeAttachment, tokensOf, type Attachment } from "../../../stores/documents/attachments";
import { openDocument } from "../../../stores/documents/document-view";
import { counted, formatBytes, formatCount } from "../../parts/words/format";
import { IconButton } from "../../parts/buttons/IconButton";
import { DocumentNotes } from "./DocumentNotes";
import { PartChooser } from "./PartChooser";
import { PasswordForm } from "./PasswordForm";
import { RecognitionOffer } from "./RecognitionOffer";
import { describeUnits } from "./units";
import styles from "./Attachments.module.css";

interface Props {
  attachment: Attachment;
}

/** A document that is attached: what it is, how long it is, and which part of it is read. */
export function AttachmentItem({ attachment }: Props) {
  const [isChoosing, setIsChoosing] = useState(false);
  const { key, name, isPasted, reading, range } = attachment;
  const Icon = reading.phase === "failed" ? TriangleAlert : isPasted ? ClipboardType : FileText;
  return (
    <li className={styles.attachment} aria-label={name} data-failed={reading.phase === "failed" || undefined}>
      <Icon size={18} aria-hidden />
      <div className={styles.attachmentText}>
        {reading.phase === "read" ? (
          <button
            type="button"
            className={styles.attachmentName}
            onClick={() => void openDocument({ id: reading.info.id, name })}
          >
            {name}
          </button>
        ) : (
          <span className={styles.attachmentName}>{name}</span>
        )}
        <p className={styles.attachmentFacts}>{describe(attachment)}</p>
        {reading.phase === "failed" && reading.error.code === "document-password" && (
          <PasswordForm attachmentKey={key} name={name} />
        )}
        {reading.phase === "read" && <DocumentNotes notes={reading.info.notes} />}
        <RecognitionOffer attachment={attachment} />
        {reading.phase === "read" && reading.info.starts.length > 1 && (
          <button
            type="button"
            className={styles.linkButton}
            aria-expanded={isChoosing}
            onClick={() => setIsChoosing(!isChoosing)}
          >
            {range ? `Reads ${range.label}. Change…` : "Read a part of it…"}
          </button>
        )}
        {isChoosing && reading.phase === "read" && (
          <PartChooser attachment={attachment} info={reading.info} onDone={() => setIsChoosing(false)} />
        )}
      </div>
      <IconButton label={`Remove ${name}`} icon={X} onClick={() => removeAttachment(key)} />
    </li>
  );
}

function describe(attachment: Attachment): string {
  const { sizeBytes, reading, tokens, range } = attachment;
  const size = formatBytes(sizeBytes);
  if (reading.phase === "failed") return `${reading.error.message} ${reading.error.hint}`;
  if (reading.phase === "reading") {
    const { progress } = reading;
    // Of a long page it is told that something moves.
    const pieces = progress?.pieces
      ? `, ${counted(progress.pieces, "word or line", "words or lines")} of the next`
      : "";
    if (progress?.isRecognition)
      return progress.pages === 0
        ? `${size} · starting text recognition…`
        : `${size} · recognised ${formatCount(progress.pages)} of ${counted(progress.totalPages, "page")}…`;
    return progress
      ? `${size} · reading page ${formatCount(progress.pages)} of ${formatCount(progress.totalPages)}${pieces}…`
      : `${size} · reading…`;
  }
  const known = tokensOf(attachment);
  const length =
    tokens.phase === "counting"
      ? `counting tokens, ${Math.floor(tokens.share * 100)} %…`
      : tokens.phase === "failed"
        ? "tokens could not be counted"
        : known === null
          ? "tokens are counted once a model is loaded"
          : `${counted(known, "token")}${range ? ` in ${range.label}` : ""}`;
  return [size, describeUnits(reading.info), length].join(" · ");
}
