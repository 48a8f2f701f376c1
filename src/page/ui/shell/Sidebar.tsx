import { Plus, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { newChat, useChat } from "../../stores/chat/chat";
import { setSidebarOpen, useView } from "../../stores/view";
import { ChatItem } from "../chat/ChatItem";
import { Button } from "../parts/buttons/Button";
import { IconButton } from "../parts/buttons/IconButton";
import { useReturnFocus } from "../parts/hooks/use-return-focus";
import styles from "./Sidebar.module.css";
import sheetStyles from "../parts/Sheet.module.css";

interface Props {
  /** The window has room for it; else it comes over the page when asked for. */
  isFixed: boolean;
}

export function Sidebar({ isFixed }: Props) {
  const isOpen = useView((s) => s.isSidebarOpen);
  const focus = useReturnFocus();
  if (isFixed) {
    return (
      <aside className={styles.sidebar} aria-label="Chats">
        <p className={styles.brand}>Qwen in your browser</p>
        <ChatList />
      </aside>
    );
  }
  return (
    <Dialog.Root open={isOpen} onOpenChange={setSidebarOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className={sheetStyles.scrim} />
        <Dialog.Content
          className={`${styles.sidebar} ${styles.over}`}
          aria-describedby={undefined}
          {...focus}
        >
          <div className={styles.top}>
            <Dialog.Title className={styles.brand}>Chats</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" icon={X} />
            </Dialog.Close>
          </div>
          <ChatList />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ChatList() {
  const summaries = useChat((s) => s.summaries);
  const openId = useChat((s) => s.openId);
  const begin = () => {
    newChat();
    setSidebarOpen(false);
    document.getElementById("message")?.focus();
  };
  return (
    <>
      <Button className={styles.newChat} onClick={begin}>
        <Plus size={17} aria-hidden /> New chat
      </Button>
      <nav className={styles.chatList} aria-label="Stored chats">
        {summaries.length === 0 && (
          <p className={styles.chatListEmpty}>
            Your chats will be listed here. They are kept on this device.
          </p>
        )}
        <ul>
          {summaries.map(({ id, title }) => (
            <ChatItem key={id} id={id} title={title} isOpen={id === openId} />
          ))}
        </ul>
      </nav>
    </>
  );
}
