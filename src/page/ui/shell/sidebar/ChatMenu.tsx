import {
  Archive,
  ArchiveRestore,
  Copy,
  Download,
  Folder,
  FolderPlus,
  Pencil,
  Pin,
  PinOff,
  Trash2,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { discardChat } from "../../../stores/chat/answer";
import { archiveChat, changeChat, useChat } from "../../../stores/chat/chat";
import { folderNames } from "../../../stores/chat/list/group-chats";
import { duplicateChat } from "../../../stores/chat/shape";
import { openDialog } from "../../../stores/view";
import { t } from "../../../../language/language";
import styles from "./ChatItem.module.css";
import menu from "../../parts/Menu.module.css";

interface Props {
  id: string;
  onRename: () => void;
}

/** The options of a chat of the list. */
export function ChatMenu({ id, onRename }: Props) {
  const chat = useChat((s) => s.summaries.find((summary) => summary.id === id));
  if (!chat) return null;
  const { isPinned = false, isArchived = false } = chat;
  return (
    <>
      <DropdownMenu.Item className={menu.item} onSelect={onRename}>
        <Pencil size={15} aria-hidden /> {t("Rename")}
      </DropdownMenu.Item>
      <DropdownMenu.Item className={menu.item} onSelect={() => changeChat(id, { isPinned: !isPinned })}>
        {isPinned ? <PinOff size={15} aria-hidden /> : <Pin size={15} aria-hidden />}
        {isPinned ? t("Unpin") : t("Pin")}
      </DropdownMenu.Item>
      <FolderMenu id={id} folder={chat.folder ?? null} />
      <DropdownMenu.Item className={menu.item} onSelect={() => void duplicateChat(id)}>
        <Copy size={15} aria-hidden /> {t("Duplicate")}
      </DropdownMenu.Item>
      <ExportMenu id={id} />
      <DropdownMenu.Item className={menu.item} onSelect={() => archiveChat(id, !isArchived)}>
        {isArchived ? <ArchiveRestore size={15} aria-hidden /> : <Archive size={15} aria-hidden />}
        {isArchived ? t("Take out of the archive") : t("Archive")}
      </DropdownMenu.Item>
      <DropdownMenu.Item className={`${menu.item} ${menu.danger}`} onSelect={() => discardChat(id)}>
        <Trash2 size={15} aria-hidden /> {t("Delete")}
      </DropdownMenu.Item>
    </>
  );
}

// Loaded when it is used.
const loadCarry = () => import("../../../stores/carry/carry");

function ExportMenu({ id }: { id: string }) {
  const save = (form: "json" | "markdown") =>
    void loadCarry().then(({ exportChats }) => exportChats([id], form));
  const print = () => void import("../../../stores/carry/print-chat").then(({ printChat }) => printChat(id));
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={menu.item}>
        <Download size={15} aria-hidden /> {t("Export")}
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className={menu.menu} collisionPadding={8}>
          <DropdownMenu.Item className={menu.item} onSelect={() => save("markdown")}>
            {t("Markdown, to read")}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menu.item} onSelect={() => save("json")}>
            {t("JSON, with everything")}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menu.item} onSelect={print}>
            {t("Print or save as PDF…")}
          </DropdownMenu.Item>
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

const noFolder = "";

function FolderMenu({ id, folder }: { id: string; folder: string | null }) {
  const summaries = useChat((s) => s.summaries);
  const names = folderNames(summaries);
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={menu.item}>
        <Folder size={15} aria-hidden /> {t("Move to folder")}
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className={menu.menu} collisionPadding={8}>
          {names.length > 0 && (
            <DropdownMenu.RadioGroup
              value={folder ?? noFolder}
              onValueChange={(name) => changeChat(id, { folder: name === noFolder ? null : name })}
            >
              {[noFolder, ...names].map((name) => (
                <DropdownMenu.RadioItem key={name} value={name} className={menu.item}>
                  <span className={styles.check}>
                    <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
                  </span>
                  {name === noFolder ? t("No folder") : name}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          )}
          <DropdownMenu.Item
            className={menu.item}
            onSelect={() => openDialog({ kind: "folder", chatId: id, folder: null })}
          >
            <FolderPlus size={15} aria-hidden /> {t("New folder…")}
          </DropdownMenu.Item>
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}
