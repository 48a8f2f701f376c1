import { useState } from "react";
import { freeTokens } from "../../../stores/chat/context-room";
import {
  attachedTokens,
  tokensOf,
  useAttachments,
  type Attachment,
} from "../../../stores/documents/attachments";
import { FolderItem } from "../folders/FolderItem";
import { FolderSheet } from "../folders/FolderSheet";
import { AttachmentItem } from "./AttachmentItem";
import { AttachmentReading } from "./AttachmentReading";
import { TooLong } from "./TooLong";
import { t } from "../../../../language/language";
import styles from "./Attachments.module.css";

/** Files of a folder have rows of their own up to here. */
const mostOwnRows = 3;

/** The documents that go with the next message, above the message box. Loaded with the first document. */
export function AttachmentList() {
  const list = useAttachments((s) => s.list);
  const folders = useAttachments((s) => s.folders);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [openFolderKey, setOpenFolderKey] = useState<string | null>(null);
  if (list.length === 0 && folders.length === 0) return null;
  const openFolder = folders.find(({ key }) => key === openFolderKey);
  return (
    <section className={styles.attachments} aria-label={t("Documents for the next message")} data-attachments>
      <ul>
        {folders.map((folder) => (
          <FolderItem key={folder.key} folder={folder} onChoose={() => setOpenFolderKey(folder.key)} />
        ))}
        {withOwnRows(list).map((attachment) => (
          <AttachmentItem
            key={attachment.key}
            attachment={attachment}
            isOpen={attachment.key === openKey}
            onOpenChange={(isOpen) => setOpenKey(isOpen ? attachment.key : null)}
          />
        ))}
      </ul>
      <TooLong list={list} folders={folders} onChoosePart={setOpenKey} onChooseFiles={setOpenFolderKey} />
      <AttachmentReading list={list} />
      {openFolder && (
        <FolderSheet
          folder={openFolder}
          freeTokens={roomFor(openFolder.key, list)}
          onClose={() => setOpenFolderKey(null)}
        />
      )}
    </section>
  );
}

/**
 * Single files, and those of folders that are few, or too long by themselves: a part of one can be chosen.
 */
export function withOwnRows(list: readonly Attachment[]): readonly Attachment[] {
  const counts = new Map<string, number>();
  for (const { folder } of list) if (folder) counts.set(folder.key, (counts.get(folder.key) ?? 0) + 1);
  const free = freeTokens();
  return list.filter(
    (one) => !one.folder || counts.get(one.folder.key)! <= mostOwnRows || (tokensOf(one) ?? 0) > free,
  );
}

/** Tokens that are free for the files of a folder; null while no model says it. */
function roomFor(folderKey: string, list: readonly Attachment[]): number | null {
  const room = freeTokens() - attachedTokens(list.filter(({ folder }) => folder?.key !== folderKey));
  return room === Infinity ? null : room;
}
