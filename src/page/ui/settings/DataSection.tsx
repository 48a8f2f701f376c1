import { t } from "../../../language/language";
import { openDialog } from "../../stores/view";
import { Button } from "../parts/buttons/Button";
import { Field } from "../parts/fields/Field";
import { Section } from "./Section";
import styles from "./Settings.module.css";

/** The data stored on this device, and the ways to carry it away and in. */
export function DataSection() {
  return (
    <Section name="data" title={t("Data")}>
      <Field
        label={t("Storage")}
        hint={t("Chats, documents and models lie in this browser. See what takes room, and delete it.")}
      >
        {(id, hintId) => (
          <div className={styles.actions}>
            <Button id={id} aria-describedby={hintId} onClick={() => openDialog({ kind: "storage" })}>
              {t("Open storage")}
            </Button>
          </div>
        )}
      </Field>
      <Field
        label={t("Export and import")}
        hint={t("Save chats as files, back everything up, or bring in chats of this app or another one.")}
      >
        {(id, hintId) => (
          <div className={styles.actions}>
            <Button id={id} aria-describedby={hintId} onClick={() => openDialog({ kind: "carry" })}>
              {t("Export, back up or import")}
            </Button>
          </div>
        )}
      </Field>
    </Section>
  );
}
