import { Search } from "lucide-react";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { mark, t } from "../../../language/language";
import { loadedModelId } from "../../stores/models/engine";
import { closeDialog, useView } from "../../stores/view";
import { FieldSearch } from "../parts/fields/field-search";
import { Sheet } from "../parts/Sheet";
import { AnswersSection } from "./answers/AnswersSection";
import { DataSection } from "./DataSection";
import { HubSettings } from "./HubSettings";
import { Int8Field } from "./Int8Field";
import { LanguageField } from "./LanguageField";
import { MemorySection } from "./MemorySection";
import { NotificationsField } from "./NotificationsField";
import { Section } from "./Section";
import { ColumnWidthField, TextSizeField } from "./TextFields";
import { ThemeField } from "./ThemeField";
import { TitlesField } from "./TitlesField";
import styles from "./Settings.module.css";

export function SettingsDialog() {
  const isOpen = useView((s) => s.dialog.kind === "settings");
  return (
    <Sheet
      title={t("Settings")}
      description={t("Kept on this device; the next answer follows them.")}
      isOpen={isOpen}
      onClose={closeDialog}
    >
      <Sections />
    </Sheet>
  );
}

const names = [
  ["general", mark("General")],
  ["answers", mark("Answers")],
  ["data", mark("Data")],
  ["hub", mark("Models")],
  ["memory", mark("Memory")],
  ["engine", mark("Engine")],
] as const;

/** All settings, most used first, with a search over their names and descriptions. */
function Sections() {
  const layer = useView(({ dialog }) => (dialog.kind === "settings" ? dialog.layer : undefined));
  const [query, setQuery] = useState("");
  const found = useDeferredValue(query);
  const sections = useRef<HTMLDivElement>(null);
  const goTo = (name: string) =>
    sections.current?.querySelector(`[data-section="${name}"]`)?.scrollIntoView({ block: "start" });
  // Opened for a chat's or a preset's settings, it shows those.
  useEffect(() => {
    if (layer) goTo("answers");
  }, [layer]);
  return (
    <>
      <div className={styles.finder}>
        <div className={styles.search}>
          <Search size={16} aria-hidden />
          <input
            type="search"
            aria-label={t("Find a setting")}
            placeholder={t("Find a setting")}
            value={query}
            onChange={({ target }) => setQuery(target.value)}
          />
        </div>
        <nav className={styles.links} aria-label={t("Sections of the settings")}>
          {names.map(([name, title]) => (
            <button
              key={name}
              type="button"
              onClick={() => {
                setQuery("");
                requestAnimationFrame(() => goTo(name));
              }}
            >
              {t(title)}
            </button>
          ))}
        </nav>
      </div>
      <div ref={sections} className={styles.settings}>
        <FieldSearch value={found.trim()}>
          <Section name="general" title={t("General")}>
            <LanguageField />
            <ThemeField />
            <TextSizeField />
            <ColumnWidthField />
            <TitlesField />
            <NotificationsField />
          </Section>
          <AnswersSection />
          <DataSection />
          <HubSettings />
          <MemorySection />
          <Section name="engine" title={t("Engine")}>
            <Int8Field modelId={loadedModelId()} />
          </Section>
        </FieldSearch>
      </div>
      <p className={styles.none}>{t("No setting has these words.")}</p>
    </>
  );
}
