import { useChat } from "../../../stores/chat/chat";
import { forgetReading, useStorage } from "../../../stores/models/storage";
import type { StoredReading } from "../../../../worker/rpc/protocol/reading";
import { counted, formatBytes, formatDay } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { BudgetField } from "./BudgetField";
import styles from "./Storage.module.css";

/** The saved reading of chats, kept so that a chat of yesterday goes on without reading it again. */
export function SavedReadingList() {
  const saved = useStorage((s) => s.storedReadings);
  if (!saved) return null;
  return (
    <section className={`${styles.list} ${styles.readings}`} aria-label="Saved reading">
      <h3>Saved reading</h3>
      <p className={styles.room}>
        What was read of your chats and documents, so that they go on without being read again.{" "}
        {saved.readings.length === 0 ? "Nothing is saved yet." : `${formatBytes(saved.usedBytes)} in use.`}
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
    useChat((s) => s.summaries.find(({ id }) => id === chatId)?.title) ?? "Documents without a chat";
  return (
    <article className={styles.row} aria-label={`Reading of ${title}`}>
      <p>
        <strong>{title}</strong>
        <small>
          {counted(nTokens, "token")} · {formatBytes(sizeBytes)} · {modelName} · {formatDay(savedAt)}
        </small>
      </p>
      <div className={styles.rowActions}>
        <Button aria-label={`Delete the reading of ${title}`} onClick={() => void forgetReading([chatId])}>
          Delete
        </Button>
      </div>
    </article>
  );
}
