import { useChat } from "../../../stores/chat/chat";
import { deleteAll } from "../../../stores/delete-all";
import { useModels } from "../../../stores/models/models";
import { useStorage } from "../../../stores/models/storage";
import { Button } from "../../parts/buttons/Button";
import { Confirm } from "../../parts/Confirm";
import { counted, formatBytes } from "../../parts/words/format";
import { storedModelBytes } from "./stored-models";
import { t } from "../../../../language/language";
import styles from "./Storage.module.css";

/** Deletes all that this site keeps, once the person has read what that is. */
export function DeleteAll() {
  const nChats = useChat((s) => s.summaries.length);
  const nModels = useModels((s) => s.models.length + s.unfinished.length);
  const modelBytes = useModels(storedModelBytes);
  const readingBytes = useStorage((s) => s.storedReadings?.usedBytes ?? 0);
  const gone = [
    t("{chats} and all documents", { chats: counted(nChats, "chat") }),
    `${counted(nModels, "model")} (${formatBytes(modelBytes)})`,
    t("saved reading ({readingBytes})", { readingBytes: formatBytes(readingBytes) }),
    t("all settings, and the access token if you gave one"),
  ];
  return (
    <section className={styles.deleteAll} aria-label={t("Delete all")}>
      <Confirm
        trigger={<Button look="quiet">{t("Delete all…")}</Button>}
        title={t("Delete all that is stored here?")}
        text={t(
          "This deletes from this browser: {gone}. It can not be taken back. Model files that are read from your own disk stay there. The page then starts as on a first visit; close other tabs of it before.",
          { gone: gone.join("; ") },
        )}
        action={t("Delete all")}
        onConfirm={deleteAll}
      />
    </section>
  );
}
