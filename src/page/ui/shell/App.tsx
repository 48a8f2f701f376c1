import { lazy, Suspense, type ReactNode } from "react";
import { useSettings } from "../../stores/settings/settings";
import { closeDocument } from "../../stores/documents/document-view";
import { wideWindow } from "../../stores/sidebar";
import { closeDialog } from "../../stores/view";
import { Composer } from "../chat/composer/Composer";
import { Conversation } from "../chat/Conversation";
import { LazyAttachments } from "../documents/attach/LazyAttachments";
import { LazyDocumentPanel } from "../documents/LazyDocumentPanel";
import { DropZone } from "../parts/DropZone";
import { EngineBanner } from "../models/EngineBanner";
import { ErrorBoundary } from "../parts/notices/ErrorBoundary";
import { Header } from "./Header";
import { Notices } from "./Notices";
import { Sidebar } from "./sidebar/Sidebar";
import { StatusLine } from "./StatusLine";
import { LazyVisitNotes } from "./LazyVisitNotes";
import { useMedia } from "../parts/hooks/use-media";
import { focusMessageBox } from "../parts/hooks/focus-message-box";
import { useShortcuts } from "./use-shortcuts";
import { t } from "../../../language/language";
import styles from "./App.module.css";

// Asked for at once, run as a task of its own.
const loading = import("./Dialogs").then(({ Dialogs }) => ({ default: Dialogs }));
const Dialogs = lazy(() => loading);

interface Props {
  /** Stands beside the chat, or in its place where the window is narrow. */
  aside?: ReactNode;
}

export function App({ aside }: Props) {
  const isWide = useMedia(wideWindow);
  const isFolded = useSettings((s) => s.isSidebarFolded);
  useShortcuts();
  return (
    <>
      <a
        className={styles.skipLink}
        href="#message"
        onClick={(event) => {
          event.preventDefault(); // the address is that of the chat
          focusMessageBox(event.nativeEvent);
        }}
      >
        {t("Skip to the message box")}
      </a>
      <div className={styles.app}>
        {!(isWide && isFolded) && <Sidebar isFixed={isWide} />}
        <main className={styles.main}>
          <Header hasSidebar={isWide && !isFolded} />
          <Conversation />
          <div className={styles.dock}>
            <Notices />
            <LazyVisitNotes />
            <EngineBanner />
            <LazyAttachments />
            <Composer />
            <StatusLine />
          </div>
        </main>
        <ErrorBoundary what={t("The document")} onClose={closeDocument}>
          <LazyDocumentPanel />
        </ErrorBoundary>
        {aside}
      </div>
      <ErrorBoundary what={t("The dialog")} onClose={closeDialog}>
        <Suspense>
          <Dialogs />
        </Suspense>
      </ErrorBoundary>
      <DropZone />
    </>
  );
}
