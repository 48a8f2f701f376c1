import { Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { memo, useRef, useState, type KeyboardEvent } from "react";
import { openStoredChat } from "../../../stores/documents/quotations";
import { setSidebarOpen } from "../../../stores/view";
import { IconButton } from "../../parts/buttons/IconButton";
import { isPressed } from "../../parts/keys/shortcuts";
import { ChatMenu } from "./ChatMenu";
import { TitleBox } from "./TitleBox";
import { t } from "../../../../language/language";
import styles from "./ChatItem.module.css";
import menu from "../../parts/Menu.module.css";

interface Props {
  id: string;
  title: string;
  /** A mark that tells it from another chat of the same title. */
  mark: string | undefined;
  isOpen: boolean;
  /** The Tab key comes here, and to no other chat of the list. */
  isTabStop: boolean;
}

/** One chat of the list: a click opens it, its menu does the rest. */
export const ChatItem = memo(function ChatItem({ id, title, mark, isOpen, isTabStop }: Props) {
  const [isRenaming, setIsRenaming] = useState(false);
  const returnsFocus = useRef(false);
  const choose = () => {
    setSidebarOpen(false);
    void openStoredChat(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isPressed(event.nativeEvent, "rename")) return;
    event.preventDefault();
    setIsRenaming(true);
  };
  return (
    <li className={styles.chatItem} data-open={isOpen || undefined}>
      {isRenaming ? (
        <TitleBox
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
            data-row={id}
            tabIndex={isTabStop ? 0 : -1}
            aria-current={isOpen ? "page" : undefined}
            onClick={choose}
            onKeyDown={onKeyDown}
            ref={(button) => {
              // Who renamed by keyboard goes on from here; the name box, which had the focus, is gone.
              if (returnsFocus.current) button?.focus();
              returnsFocus.current = false;
            }}
          >
            <span className={styles.name} dir="auto">
              {title}
            </span>
            {mark !== undefined && <span className={styles.mark}>{mark}</span>}
          </button>
          <Options id={id} title={title} onRename={() => setIsRenaming(true)} />
        </>
      )}
    </li>
  );
});

function Options({ id, title, onRename }: Pick<Props, "id" | "title"> & { onRename: () => void }) {
  const keepsFocus = useRef(false);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          className={styles.options}
          label={t("Options for “{title}”", { title })}
          icon={Ellipsis}
          tabIndex={-1}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={menu.menu}
          align="end"
          collisionPadding={8}
          // The name box takes the focus, or the box for messages once the chat is gone; not the menu's
          // button.
          onCloseAutoFocus={(event) => {
            if (keepsFocus.current) event.preventDefault();
            keepsFocus.current = false;
          }}
        >
          <ChatMenu
            id={id}
            onRename={() => {
              keepsFocus.current = true;
              onRename();
            }}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
