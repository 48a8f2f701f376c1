import { Ellipsis } from "lucide-react";
import { Popover } from "radix-ui";
import { useDeferredValue, type ReactNode } from "react";
import { useAttachments, type Attachment, type DocumentInfo } from "../../../stores/documents/attachments";
import { openDocument } from "../../../stores/documents/document-view";
import { Button } from "../../parts/buttons/Button";
import { counted } from "../../parts/words/format";
import { detailFacts, memoryWords } from "./attachment-facts";
import { DocumentNotes } from "./DocumentNotes";
import { PartChooser } from "./PartChooser";
import { RecognitionOffer } from "./RecognitionOffer";
import { t } from "../../../../language/language";
import styles from "./AttachmentDetails.module.css";

interface Props {
  attachment: Attachment;
  info: DocumentInfo;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** The notes on a document, and the choice of a part of it, one click away from its row. */
export function AttachmentDetails({ attachment, info, isOpen, onOpenChange }: Props) {
  const { name } = attachment;
  const { notes } = info;
  const plan = useAttachments((s) => s.plan);
  const isDamaged = notes.some(({ kind }) => kind === "damaged");
  const count = counted(notes.length, "note");
  const show = () => {
    onOpenChange(false);
    void openDocument({ id: info.id, name });
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>
        <button
          type="button"
          className={styles.trigger}
          aria-label={
            notes.length > 0 ? t("{count} on {name}", { count, name }) : t("Details of {name}", { name })
          }
          data-damaged={isDamaged || undefined}
        >
          {notes.length > 0 ? count : <Ellipsis size={16} aria-hidden />}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.details}
          aria-label={t("Details of {name}", { name })}
          data-popover
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
        >
          <p className={styles.name}>{name}</p>
          <p className={styles.facts}>{detailFacts(attachment)}</p>
          {plan && (
            <p className={styles.facts}>
              {t("With all that is attached: {memoryWords}", { memoryWords: memoryWords(plan) })}
            </p>
          )}
          <DocumentNotes notes={notes} />
          <RecognitionOffer attachment={attachment} />
          {info.starts.length > 1 && (
            <Deferred>
              <PartChooser attachment={attachment} info={info} onDone={() => onOpenChange(false)} />
            </Deferred>
          )}
          <Button className={styles.show} onClick={show}>
            {t("Show what the model reads")}
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/**
 * Rendered after the frame around it, in a slice of its own: the click that opens the details stays short.
 */
function Deferred({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) && children;
}
