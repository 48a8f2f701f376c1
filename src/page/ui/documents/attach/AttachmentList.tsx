import { useState } from "react";
import { useAttachments } from "../../../stores/documents/attachments";
import { AttachmentItem } from "./AttachmentItem";
import { AttachmentReading } from "./AttachmentReading";
import { TooLong } from "./TooLong";
import { t } from "../../../../language/language";
import styles from "./Attachments.module.css";

/** The documents that go with the next message, above the message box. Loaded with the first document. */
export function AttachmentList() {
  const list = useAttachments((s) => s.list);
  const [openKey, setOpenKey] = useState<string | null>(null);
  if (list.length === 0) return null;
  return (
    <section className={styles.attachments} aria-label={t("Documents for the next message")} data-attachments>
      <ul>
        {list.map((attachment) => (
          <AttachmentItem
            key={attachment.key}
            attachment={attachment}
            isOpen={attachment.key === openKey}
            onOpenChange={(isOpen) => setOpenKey(isOpen ? attachment.key : null)}
          />
        ))}
      </ul>
      <TooLong list={list} onChoosePart={setOpenKey} />
      <AttachmentReading list={list} />
    </section>
  );
}
