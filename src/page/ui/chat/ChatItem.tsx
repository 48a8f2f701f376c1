import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { memo, useRef, useState } from "react";
import { discardChat } from "../../stores/chat/answer";
import { renameChat } from "../../stores/chat/chat";
import { openStoredChat } from "../../stores/documents/quotations";
import { setSidebarOpen } from "../../stores/view";
import { IconButton } from "../parts/buttons/IconButton";
import { isComposed } from "../parts/hooks/composed-keys";
import styles from "./ChatItem.module.css";

interface Props {
  id: string;
  title: string;
  isOpen: boolean;
}

/** One chat of the list: a click opens it, its menu renames or deletes it. */
export const ChatItem = memo(function ChatItem({ id, title, isOpen }: Props) {
  const [isRenaming, setIsRenaming] = useState(false);
  const returnsFocus = useRef(false);
  const choose = () => {
    setSidebarOpen(false);
    void openStoredChat(id);
  };
  return (
    <li className={styles.chatItem} data-open={isOpen || undefined}>
      {isRenaming ? (
        <RenameBox
          id={id}
          title={title}
          onDone={(byKey) => {
            returnsFocus.current = byKey;
            setIsRenaming(false);
          }}
        />
      ) : (
        <>
          <button
            type="button"
            className={styles.title}
            aria-current={isOpen ? "page" : undefined}
            onClick={choose}
            ref={(button) => {
              // Who renamed by keyboard goes on from here; the name box, which had the focus, is gone.
              if (returnsFocus.current) button?.focus();
              returnsFocus.current = false;
            }}
          >
            {title}
          </button>
          <ChatMenu id={id} title={title} onRename={() => setIsRenaming(true)} />
        </>
      )}
    </li>
  );
});

function ChatMenu({ id, title, onRename }: Pick<Props, "id" | "title"> & { onRename: () => void }) {
  const keepsFocus = useRef(false);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton className={styles.options} label={`Options for “${title}”`} icon={Ellipsis} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.menu}
          align="end"
          // The name box takes the focus, or the box for messages once the chat is gone; not the menu's
          // button.
          onCloseAutoFocus={(event) => keepsFocus.current && event.preventDefault()}
        >
          <DropdownMenu.Item
            className={styles.menuItem}
            onSelect={() => {
              keepsFocus.current = true;
              onRename();
            }}
          >
            <Pencil size={15} aria-hidden /> Rename
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={`${styles.menuItem} ${styles.menuItemDanger}`}
            onSelect={() => discardChat(id)}
          >
            <Trash2 size={15} aria-hidden /> Delete
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function RenameBox({
  id,
  title,
  onDone,
}: Pick<Props, "id" | "title"> & { onDone: (byKey: boolean) => void }) {
  const isCancelled = useRef(false);
  const isByKey = useRef(false);
  const finish = (text: string) => {
    const name = text.trim();
    if (!isCancelled.current && name !== "" && name !== title) renameChat(id, name);
    onDone(isByKey.current);
  };
  return (
    <input
      className={styles.renameBox}
      aria-label="Name of the chat"
      dir="auto"
      defaultValue={title}
      maxLength={200}
      ref={(box) => {
        box?.focus();
        box?.select();
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (isComposed(event.nativeEvent)) return;
        if (event.key === "Escape") {
          event.stopPropagation();
          isCancelled.current = true;
        }
        if (event.key === "Enter" || event.key === "Escape") {
          isByKey.current = true;
          event.currentTarget.blur();
        }
      }}
    />
  );
}
