import { X } from "lucide-react";
import { Tabs } from "radix-ui";
import { useRef, useState, type CSSProperties } from "react";
import { closeInspect, showTab, useInspect, type InspectTab } from "../../stores/inspect/inspect";
import { changeSettings, useSettings } from "../../stores/settings/settings";
import { IconButton } from "../parts/buttons/IconButton";
import { useMedia } from "../parts/hooks/use-media";
import { usePanelFocus } from "../parts/hooks/use-panel-focus";
import { ResizeHandle } from "../parts/ResizeHandle";
import { EngineTab } from "./EngineTab";
import { MemoryTab } from "./MemoryTab";
import { StateTab } from "./StateTab";
import { TimeTab } from "./TimeTab";
import { mark, t, type Key } from "../../../language/language";
import styles from "./InspectPanel.module.css";
import inspectStyles from "./Inspect.module.css";

/** In this order. A tab is made when it is shown, so one that is not shown asks the worker for nothing. */
const tabs: readonly {
  readonly id: InspectTab;
  readonly name: Key;
  readonly View: () => React.ReactNode;
}[] = [
  { id: "memory", name: mark("Memory"), View: MemoryTab },
  { id: "state", name: mark("State"), View: StateTab },
  { id: "time", name: mark("Time"), View: TimeTab },
  { id: "engine", name: mark("Engine"), View: EngineTab },
];

/** The debug panel: beside the chat where there is room, else in its place. `#inspect` in the address. */
export function InspectPanel() {
  const tab = useInspect((s) => s.tab);
  const panel = useRef<HTMLElement>(null);
  const kept = useSettings((s) => s.inspectShare);
  const [dragged, setDragged] = useState<number | null>(null);
  const share = dragged ?? kept;
  const resize = (wanted: number, isEnd: boolean) => {
    setDragged(isEnd ? null : wanted);
    if (isEnd) changeSettings({ inspectShare: wanted });
  };
  // On a phone the button that opened it is gone; elsewhere the way on from it would lead through the chat.
  usePanelFocus(panel);
  // In the place of the chat it is what the page is about.
  const isBeside = useMedia("(min-width: 72rem)");
  return (
    <div
      className={styles.place}
      role={isBeside ? undefined : "main"}
      data-takes-place
      style={{ "--share": share } as CSSProperties}
    >
      <section
        className={`${styles.panel} ${inspectStyles.tables}`}
        aria-labelledby="inspect-title"
        tabIndex={-1}
        ref={panel}
      >
        <ResizeHandle label={t("Width of the panel")} share={share} onChange={resize} />
        <header className={styles.head}>
          <h1 id="inspect-title">{t("Inspect")}</h1>
          <nav className={styles.pages} aria-label={t("More to inspect")}>
            <a href="#lab">{t("Lab")}</a>
            <a href="#bench">{t("Bench")}</a>
          </nav>
          <IconButton label={t("Close the panel")} icon={X} onClick={closeInspect} />
        </header>
        <Tabs.Root
          className={styles.tabs}
          value={tab}
          onValueChange={(value) => showTab(value as InspectTab)}
        >
          <Tabs.List className={styles.tabList} aria-label={t("What to inspect")}>
            {tabs.map(({ id, name }) => (
              <Tabs.Trigger key={id} value={id} className={styles.tab}>
                {t(name)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {tabs.map(({ id, View }) => (
            <Tabs.Content key={id} value={id} className={styles.view}>
              <View />
            </Tabs.Content>
          ))}
        </Tabs.Root>
      </section>
    </div>
  );
}
