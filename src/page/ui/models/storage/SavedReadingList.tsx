import { useChat } from "../../../stores/chat/chat";
import { forgetReading, useStorage } from "../../../stores/models/storage";
import type { StoredReading } from "../../../../worker/rpc/protocol/reading";
import { counted, formatBytes, formatDay } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { BudgetField } from "./BudgetField";
import { t } from "../../../../language/language";
import styles from "./Storage.module.css";

/** The saved reading of chats, kept so that a chat of yesterday goes on without reading it again. */
export function SavedReadingList() {
  const saved = useStorage((s) => s.storedReadings);
  if (!saved) return null;
  return (
    <section className={`${styles.list} ${styles.readings}`} aria-label={t("Saved reading")}>
      <h3>{t("Saved reading")}</h3>
      <p className={styles.room}>
        {t("What was read of your chats and documents, so that they go on without being read again. {part}", {
          part:
            saved.readings.length === 0
              ? t("Nothing is saved yet.")
              : t("{usedBytes} in use.", { usedBytes: formatBytes(saved.usedBytes) }),
        })}
      </p>
      {saved.readings.map((chat) => (
        <ChatRow key={chat.chatId} {...chat} />
      ))}
      <BudgetField budgetBytes={saved.budgetBytes} usedBytes={saved.usedBytes} />
    </section>
  );
}

function ChatRow({ chatId, nTokens, sizeBytes, savedAt, modelName }: StoredReading) {
  const title =
    useChat((s) => s.summaries.find(({ id }) => id === chatId)?.title) ?? t("Documents without a chat");
  return (
    <article className={styles.row} aria-label={t("Reading of {title}", { title })}>
      <p>
        <strong>{title}</strong>
        <small>
          {counted(nTokens, "token")} · {formatBytes(sizeBytes)} · {modelName} · {formatDay(savedAt)}
        </small>
      </p>
      <div className={styles.rowActions}>
        <Button
          aria-label={t("Delete the reading of {title}", { title })}
          onClick={() => void forgetReading([chatId])}
        >
          {t("Delete")}
        </Button>
      </div>
    </article>
  );
}
