import { useAttachments } from "../../../stores/documents/attachments";
import { AttachmentItem } from "./AttachmentItem";
import { AttachmentNeeds } from "./AttachmentNeeds";
import { AttachmentReading } from "./AttachmentReading";
import styles from "./Attachments.module.css";

/** The documents that go with the next message, above the message box. Loaded with the first document. */
export function AttachmentList() {
  const list = useAttachments((s) => s.list);
  if (list.length === 0) return null;
  return (
    <section className={styles.attachments} aria-label="Documents for the next message">
      <ul>
        {list.map((attachment) => (
          <AttachmentItem key={attachment.key} attachment={attachment} />
        ))}
      </ul>
      <AttachmentNeeds list={list} />
      <AttachmentReading />
    </section>
  );
}
