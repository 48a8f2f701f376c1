import { useRef } from "react";
import { t } from "../../../language/language";
import { backUp, chooseExports, exportChats } from "../../stores/carry/carry";
import { useChat } from "../../stores/chat/chat";
import { Button } from "../parts/buttons/Button";
import styles from "./Carry.module.css";

/** The ways out and in. */
export function CarryChoices() {
  const files = useRef<HTMLInputElement>(null);
  const hasChats = useChat((s) => s.summaries.length > 0);
  return (
    <>
      <section className={styles.section} aria-labelledby="carry-out">
        <h3 id="carry-out">{t("All chats as files")}</h3>
        <p className={styles.hint}>
          {hasChats
            ? t("A single chat has the same in its menu, and can be printed or saved as PDF there.")
            : t("There are no chats yet.")}
        </p>
        <div className={styles.buttons}>
          <Button disabled={!hasChats} onClick={() => void exportChats(null, "markdown")}>
            {t("Markdown, to read")}
          </Button>
          <Button disabled={!hasChats} onClick={() => void exportChats(null, "json")}>
            {t("JSON, with everything")}
          </Button>
        </div>
      </section>
      <section className={styles.section} aria-labelledby="carry-backup">
        <h3 id="carry-backup">{t("Backup")}</h3>
        <p className={styles.hint}>
          {t(
            "One file with all chats, documents, folders, pins and settings. Models are not in it, nor is the access token.",
          )}
        </p>
        <div className={styles.buttons}>
          <Button onClick={() => void backUp()}>{t("Save a backup")}</Button>
        </div>
      </section>
      <section className={styles.section} aria-labelledby="carry-in">
        <h3 id="carry-in">{t("Import")}</h3>
        <p className={styles.hint}>
          {t(
            "A backup or an export of this app, ChatGPT, Open WebUI or llama.cpp: a .json, .jsonl or .zip file, with up to 400 MB of text. Nothing that is here is written over.",
          )}
        </p>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          accept=".json,.jsonl,.zip"
          aria-label={t("Files with chats")}
          onChange={({ target }) => {
            void chooseExports([...(target.files ?? [])]);
            target.value = ""; // the same file can be picked again
          }}
        />
        <div className={styles.buttons}>
          <Button look="solid" onClick={() => files.current?.click()}>
            {t("Choose a file…")}
          </Button>
        </div>
      </section>
    </>
  );
}
