import { lazy, Suspense, type ReactNode } from "react";
import { closeDocument } from "../../stores/documents/document-view";
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
import { Sidebar } from "./Sidebar";
import { StatusLine } from "./StatusLine";
import { LazyVisitNotes } from "./LazyVisitNotes";
import { useMedia } from "../parts/hooks/use-media";
import styles from "./App.module.css";

// Asked for at once, run as a task of its own.
const loading = import("./Dialogs").then(({ Dialogs }) => ({ default: Dialogs }));
const Dialogs = lazy(() => loading);

interface Props {
  /** Stands beside the chat, or in its place where the window is narrow. */
  aside?: ReactNode;
}

export function App({ aside }: Props) {
  const isWide = useMedia("(min-width: 56rem)");
  return (
    <>
      <a className={styles.skipLink} href="#message">
        Skip to the message box
      </a>
      <div className={styles.app}>
        <Sidebar isFixed={isWide} />
        <main className={styles.main}>
          <Header hasSidebar={isWide} />
          <Conversation />
          <div className={styles.dock}>
            <LazyVisitNotes />
            <EngineBanner />
            <LazyAttachments />
            <Composer />
            <StatusLine />
          </div>
        </main>
        <ErrorBoundary what="The document" onClose={closeDocument}>
          <LazyDocumentPanel />
        </ErrorBoundary>
        {aside}
      </div>
      <ErrorBoundary what="The dialog" onClose={closeDialog}>
        <Suspense>
          <Dialogs />
        </Suspense>
      </ErrorBoundary>
      <Notices />
      <DropZone />
    </>
  );
}
