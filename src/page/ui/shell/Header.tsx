import { Gauge, PanelLeft, Settings2, SquarePen } from "lucide-react";
import { lazy, Suspense, useRef } from "react";
import { newChat, useChat } from "../../stores/chat/chat";
import { loadedModelId } from "../../stores/models/engine";
import { openInspect } from "../../stores/inspect/inspect";
import { openModelPanel } from "../../stores/models/plans";
import { openSettings } from "../../stores/open-settings";
import { toggleSidebar } from "../../stores/sidebar";
import { setTitleEdited, useView } from "../../stores/view";
import { IconButton } from "../parts/buttons/IconButton";
import { ModelButton } from "./model-menu/ModelButton";
import { TitleBox } from "./sidebar/TitleBox";
import { t } from "../../../language/language";
import styles from "./Header.module.css";

// Asked for at once, run as a task of its own: the first paint shows the button alone.
const loading = import("./model-menu/ModelMenu").then(({ ModelMenu }) => ({ default: ModelMenu }));
const ModelMenu = lazy(() => loading);

interface Props {
  hasSidebar: boolean;
}

export function Header({ hasSidebar }: Props) {
  return (
    <header className={styles.header}>
      {!hasSidebar && <IconButton label={t("Chats")} icon={PanelLeft} isSided onClick={toggleSidebar} />}
      <Suspense fallback={<ModelButton onClick={openModelPanel} aria-haspopup="dialog" />}>
        <ModelMenu />
      </Suspense>
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
