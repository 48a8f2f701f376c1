import { lazy, Suspense } from "react";
import { Composer } from "./Composer";
import { Conversation } from "./Conversation";
import { DropZone } from "./DropZone";
import { EngineBanner } from "./EngineBanner";
import { Header } from "./Header";
import { Notices } from "./Notices";
import { Sidebar } from "./Sidebar";
import { StatusLine } from "./StatusLine";
import { useMedia } from "./use-media";
import "./App.css";

// Asked for at once, run as a task of its own.
const loading = import("./Dialogs").then(({ Dialogs }) => ({ default: Dialogs }));
const Dialogs = lazy(() => loading);

export function App() {
  const isWide = useMedia("(min-width: 56rem)");
  return (
    <>
      <a className="skip-link" href="#message">
        Skip to the message box
      </a>
      <div className="app">
        <Sidebar isFixed={isWide} />
        <main className="main">
          <Header hasSidebar={isWide} />
          <Conversation />
          <div className="dock">
            <EngineBanner />
            <Composer />
            <StatusLine />
          </div>
        </main>
      </div>
      <Suspense>
        <Dialogs />
      </Suspense>
      <Notices />
      <DropZone />
    </>
  );
}
