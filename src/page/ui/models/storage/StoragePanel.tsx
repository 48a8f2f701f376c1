import { useModels } from "../../../stores/models/models";
import { useStorage } from "../../../stores/models/storage";
import { closeDialog, useView } from "../../../stores/view";
import { formatBytes } from "../../parts/words/format";
import { Sheet } from "../../parts/Sheet";
import { SavedReadingList } from "./SavedReadingList";
import { StoredModelRow } from "./StoredModelRow";
import { UnfinishedList } from "./UnfinishedList";
import styles from "./Storage.module.css";

/** The panel of what is kept on this device, whether it is sound, and how to get rid of it. */
export function StoragePanel() {
  const isOpen = useView((s) => s.dialog.kind === "storage");
  const models = useModels((s) => s.models);
  return (
    <Sheet
      title="Storage"
      description="Models and what they read, kept in this browser."
      isOpen={isOpen}
      onClose={closeDialog}
    >
      <RoomLine />
      <UnfinishedList />
      <section className={styles.list} aria-label="Stored files">
        {models.map((model) => (
          <StoredModelRow key={model.id} model={model} />
        ))}
        {models.length === 0 && <p>No model is stored yet.</p>}
      </section>
      <SavedReadingList />
    </Sheet>
  );
}

function RoomLine() {
  const room = useStorage((s) => s.room);
  const isPersisted = useStorage((s) => s.isPersisted);
  if (!room) return null;
  return (
    <p className={styles.room}>
      {formatBytes(room.usedBytes)} used of the {formatBytes(room.quotaBytes)} that the browser grants this
      site.{" "}
      {isPersisted
        ? "The browser keeps it until you delete it."
        : "The browser has not promised to keep it: it may clear it when the disk fills up."}
    </p>
  );
}
