import { Composer } from "./Composer";
import { Conversation } from "./Conversation";
import { DropZone } from "./DropZone";
import { EngineBanner } from "./EngineBanner";
import { Header } from "./Header";
import { LinkDialog } from "./LinkDialog";
import { ModelsDialog } from "./ModelsDialog";
import { Notices } from "./Notices";
import { SettingsDialog } from "./SettingsDialog";
import { Sidebar } from "./Sidebar";
import { StatusLine } from "./StatusLine";
import { useMedia } from "./use-media";
import "./App.css";

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
      <SettingsDialog />
      <ModelsDialog />
      <LinkDialog />
      <Notices />
      <DropZone />
    </>
  );
}
