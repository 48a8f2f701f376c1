import { useChat } from "../../../stores/chat/chat";
import { deleteAll } from "../../../stores/delete-all";
import { useModels } from "../../../stores/models/models";
import { useStorage } from "../../../stores/models/storage";
import { Button } from "../../parts/buttons/Button";
import { Confirm } from "../../parts/Confirm";
import { counted, formatBytes } from "../../parts/words/format";
import { storedModelBytes } from "./stored-models";
import styles from "./Storage.module.css";

/** Deletes all that this site keeps, once the person has read what that is. */
export function DeleteAll() {
  const nChats = useChat((s) => s.summaries.length);
  const nModels = useModels((s) => s.models.length + s.unfinished.length);
  const modelBytes = useModels(storedModelBytes);
  const readingBytes = useStorage((s) => s.storedReadings?.usedBytes ?? 0);
  const gone = [
    `${counted(nChats, "chat")} and all documents`,
    `${counted(nModels, "model")} (${formatBytes(modelBytes)})`,
    `saved reading (${formatBytes(readingBytes)})`,
    "all settings, and the access token if you gave one",
  ];
  return (
    <section className={styles.deleteAll} aria-label="Delete all">
      <Confirm
        trigger={<Button look="quiet">Delete all…</Button>}
        title="Delete all that is stored here?"
        text={`This deletes from this browser: ${gone.join("; ")}. It can not be taken back. Model files that are read from your own disk stay there. The page then starts as on a first visit; close other tabs of it before.`}
        action="Delete all"
        onConfirm={deleteAll}
      />
    </section>
  );
}
