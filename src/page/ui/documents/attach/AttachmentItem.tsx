import { X } from "lucide-react";
import { removeAttachment, type Attachment } from "../../../stores/documents/attachments";
import { tickFiles } from "../../../stores/documents/folders/folder-reader";
import { openDocument } from "../../../stores/documents/document-view";
import { IconButton } from "../../parts/buttons/IconButton";
import { Meter } from "../../parts/charts/Meter";
import { AttachmentDetails } from "./AttachmentDetails";
import { rowFacts } from "./attachment-facts";
import { kindIcons, kindOf } from "./kind-icon";
import { PasswordForm } from "./PasswordForm";
import { RecognitionOffer } from "./RecognitionOffer";
import { t } from "../../../../language/language";
import styles from "./AttachmentItem.module.css";

interface Props {
  attachment: Attachment;
  /** Its details are shown. */
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** A document that is attached, in a row: its kind, name, length and state. One that failed says why. */
export function AttachmentItem({ attachment, isOpen, onOpenChange }: Props) {
  const { key, name, isPasted, folder, reading } = attachment;
  const isFailed = reading.phase === "failed";
  const Icon = kindIcons[isFailed ? "failed" : isPasted ? "pasted" : kindOf(name)];
  const facts = rowFacts(attachment);
  return (
    <li className={styles.attachment} aria-label={name} data-failed={isFailed || undefined}>
      <Icon size={16} aria-hidden />
      <div className={styles.text}>
        {reading.phase === "read" ? (
          <button
            type="button"
            className={styles.name}
            title={name}
            onClick={() => void openDocument({ id: reading.info.id, name })}
          >
            {name}
          </button>
        ) : (
          <span className={styles.name} title={name}>
            {name}
          </span>
        )}
        <span className={styles.facts} role={isFailed ? "alert" : undefined}>
          {facts}
        </span>
        {isFailed && reading.error.code === "document-password" && (
          <PasswordForm attachmentKey={key} name={name} />
        )}
        {reading.phase !== "read" && <RecognitionOffer attachment={attachment} />}
      </div>
      {reading.phase === "read" && (
        <AttachmentDetails
          attachment={attachment}
          info={reading.info}
          isOpen={isOpen}
          onOpenChange={onOpenChange}
        />
      )}
      <IconButton
        className={styles.remove}
        label={
          reading.phase === "reading" ? t("Stop and remove {name}", { name }) : t("Remove {name}", { name })
        }
        icon={X}
        onClick={() => (folder ? tickFiles(folder.key, new Set([folder.id]), false) : removeAttachment(key))}
      />
      {reading.phase === "reading" && (
        <div className={styles.progress}>
          <Meter
            role="progressbar"
            label={t("Reading {name}", { name })}
            valueText={facts}
            value={reading.progress?.share ?? reading.progress?.pages ?? 0}
            max={reading.progress?.share === undefined ? (reading.progress?.totalPages ?? null) : 1}
          />
        </div>
      )}
    </li>
  );
}
