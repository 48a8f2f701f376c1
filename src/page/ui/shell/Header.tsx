import { ChevronDown, Gauge, PanelLeft, Settings2, SquarePen } from "lucide-react";
import { useRef } from "react";
import { newChat, useChat } from "../../stores/chat/chat";
import { loadedModelId, useEngine } from "../../stores/models/engine";
import { openInspect } from "../../stores/inspect/inspect";
import { openModels } from "../../stores/models/plans";
import { openSettings } from "../../stores/open-settings";
import { toggleSidebar } from "../../stores/sidebar";
import { setTitleEdited, useView } from "../../stores/view";
import { IconButton } from "../parts/buttons/IconButton";
import { TitleBox } from "./sidebar/TitleBox";
import { t } from "../../../language/language";
import styles from "./Header.module.css";

interface Props {
  hasSidebar: boolean;
}

export function Header({ hasSidebar }: Props) {
  const status = useEngine((s) => s.status);
  const name = "model" in status ? status.model?.name : undefined;
  return (
    <header className={styles.header}>
      {!hasSidebar && <IconButton label={t("Chats")} icon={PanelLeft} onClick={toggleSidebar} />}
      <button
        type="button"
        className={styles.modelButton}
        aria-haspopup="dialog"
        aria-label={t("Models: {name}", { name: name ?? t("Choose a model") })}
        onClick={() => openModels(loadedModelId())}
      >
        <span className={styles.modelDot} data-phase={status.phase} />
        <span className={styles.modelName}>{name ?? t("Choose a model")}</span>
        <ChevronDown size={15} aria-hidden />
      </button>
      <Title />
      {!hasSidebar && <IconButton label={t("New chat")} icon={SquarePen} onClick={newChat} />}
      <IconButton label={t("Inspect")} icon={Gauge} onClick={openInspect} />
      <IconButton label={t("Settings")} icon={Settings2} onClick={() => openSettings(loadedModelId())} />
    </header>
  );
}

/** The open chat's title. A click, or the palette, writes another one in its place. */
function Title() {
  const id = useChat((s) => s.openId);
  const title = useChat((s) => s.summaries.find((c) => c.id === s.openId)?.title);
  const isEdited = useView((s) => s.isTitleEdited);
  const returnsFocus = useRef(false);
  if (id === null || title === undefined) return <span className={styles.title} />;
  if (isEdited)
    return (
      <div className={styles.title}>
        <TitleBox
          key={id}
          id={id}
          title={title}
          onDone={(byKey) => {
            returnsFocus.current = byKey;
            setTitleEdited(false);
          }}
        />
      </div>
    );
  return (
    <h1 className={styles.title}>
      <button
        type="button"
        className={styles.titleButton}
        title={t("Rename this chat")}
        dir="auto"
        onClick={() => setTitleEdited(true)}
        ref={(button) => {
          if (returnsFocus.current) button?.focus();
          returnsFocus.current = false;
        }}
      >
        {title}
      </button>
    </h1>
  );
}
