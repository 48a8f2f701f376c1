import { ChevronDown, Gauge, PanelLeft, Settings2, SquarePen } from "lucide-react";
import { newChat, useChat } from "../../stores/chat/chat";
import { loadedModelId, useEngine } from "../../stores/models/engine";
import { openInspect } from "../../stores/inspect/inspect";
import { openModels, openSettings } from "../../stores/models/plans";
import { setSidebarOpen } from "../../stores/view";
import { IconButton } from "../parts/buttons/IconButton";
import styles from "./Header.module.css";

interface Props {
  hasSidebar: boolean;
}

export function Header({ hasSidebar }: Props) {
  const status = useEngine((s) => s.status);
  const title = useChat((s) => s.summaries.find((c) => c.id === s.openId)?.title);
  const name = "model" in status ? status.model?.name : undefined;
  return (
    <header className={styles.header}>
      {!hasSidebar && <IconButton label="Chats" icon={PanelLeft} onClick={() => setSidebarOpen(true)} />}
      <button
        type="button"
        className={styles.modelButton}
        aria-haspopup="dialog"
        aria-label={`Models: ${name ?? "none loaded"}`}
        onClick={() => openModels(loadedModelId())}
      >
        <span className={styles.modelDot} data-phase={status.phase} />
        <span className={styles.modelName}>{name ?? "Choose a model"}</span>
        <ChevronDown size={15} aria-hidden />
      </button>
      {title === undefined ? <span className={styles.title} /> : <h1 className={styles.title}>{title}</h1>}
      {!hasSidebar && <IconButton label="New chat" icon={SquarePen} onClick={newChat} />}
      <IconButton label="Inspect" icon={Gauge} onClick={openInspect} />
      <IconButton label="Settings" icon={Settings2} onClick={() => openSettings(loadedModelId())} />
    </header>
  );
}
