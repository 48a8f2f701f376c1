import { ArrowDownUp, PanelLeft, Plus, Search, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { lazy, Suspense } from "react";
import { newChat } from "../../../stores/chat/chat";
import { toggleSidebar } from "../../../stores/sidebar";
import { openDialog, setSidebarOpen, useView } from "../../../stores/view";
import { Button } from "../../parts/buttons/Button";
import { IconButton } from "../../parts/buttons/IconButton";
import { useReturnFocus } from "../../parts/hooks/use-return-focus";
import { t } from "../../../../language/language";
import { InstallButton } from "./InstallButton";
import styles from "./Sidebar.module.css";
import sheetStyles from "../../parts/Sheet.module.css";

// Asked for at once, run as a task of its own: the first paint has no chats yet.
const loading = import("./ChatList").then(({ ChatList }) => ({ default: ChatList }));
const ChatList = lazy(() => loading);

interface Props {
  /** The window has room for it; else it comes over the page when asked for. */
  isFixed: boolean;
}

export function Sidebar({ isFixed }: Props) {
  const isOpen = useView((s) => s.isSidebarOpen);
  const focus = useReturnFocus();
  if (isFixed) {
    return (
      <aside className={styles.sidebar} aria-label={t("Chats")}>
        <div className={styles.top}>
          <p className={styles.brand}>{t("Qwen in your browser")}</p>
          <IconButton label={t("Hide the list of chats")} icon={PanelLeft} isSided onClick={toggleSidebar} />
        </div>
        <Content />
      </aside>
    );
  }
  return (
    <Dialog.Root open={isOpen} onOpenChange={setSidebarOpen}>
      <Dialog.Portal>
        <div className={sheetStyles.scrim} />
        <Dialog.Content
          className={`${styles.sidebar} ${styles.over}`}
          aria-describedby={undefined}
          // In a name's box the key belongs to the box.
          onEscapeKeyDown={(event) =>
            document.activeElement instanceof HTMLInputElement && event.preventDefault()
          }
          {...focus}
        >
          <div className={styles.top}>
            <Dialog.Title className={styles.brand}>{t("Chats")}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t("Close")} icon={X} />
            </Dialog.Close>
          </div>
          <Content />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Content() {
  const begin = () => {
    newChat();
    setSidebarOpen(false);
    document.getElementById("message")?.focus();
  };
  return (
    <>
      <div className={styles.actions}>
        <Button className={styles.newChat} onClick={begin}>
          <Plus size={17} aria-hidden /> {t("New chat")}
        </Button>
        <IconButton
          label={t("Export and import chats")}
          icon={ArrowDownUp}
          onClick={() => openDialog({ kind: "carry" })}
        />
        <IconButton label={t("Find a chat")} icon={Search} onClick={() => openDialog({ kind: "palette" })} />
      </div>
      <Suspense fallback={<nav className={styles.place} aria-label={t("Stored chats")} />}>
        <ChatList />
      </Suspense>
      <InstallButton />
    </>
  );
}
