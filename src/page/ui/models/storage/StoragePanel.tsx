import { useModels } from "../../../stores/models/models";
import { closeDialog, useView } from "../../../stores/view";
import { Sheet } from "../../parts/Sheet";
import { DeleteAll } from "./DeleteAll";
import { SavedReadingList } from "./SavedReadingList";
import { StoredModelRow } from "./StoredModelRow";
import { UnfinishedList } from "./UnfinishedList";
import { Usage } from "./Usage";
import { t } from "../../../../language/language";
import styles from "./Storage.module.css";

/** The panel of what is kept on this device, whether it is sound, and how to get rid of it. */
export function StoragePanel() {
  const isOpen = useView((s) => s.dialog.kind === "storage");
  const models = useModels((s) => s.models);
  return (
    <Sheet
      title={t("Storage")}
      description={t("Models and what they read, kept in this browser.")}
      isOpen={isOpen}
      onClose={closeDialog}
    >
      <Usage />
      <UnfinishedList />
      <section className={styles.list} aria-label={t("Stored files")}>
        {models.map((model) => (
          <StoredModelRow key={model.id} model={model} />
        ))}
        {models.length === 0 && <p>{t("No model is stored yet.")}</p>}
      </section>
      <SavedReadingList />
      <DeleteAll />
    </Sheet>
  );
}
