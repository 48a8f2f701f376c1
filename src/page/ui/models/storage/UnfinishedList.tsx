import { resumeModel, useModels } from "../../../stores/models/models";
import { discardUnfinished } from "../../../stores/models/storage";
import type { UnfinishedModel } from "../../../../worker/rpc/protocol/model";
import { formatBytes } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";
import styles from "./Storage.module.css";

/**
 * Models whose storing was paused or broke off, and what is left of damaged ones. Nothing where there are
 * none.
 */
export function UnfinishedList() {
  const unfinished = useModels((s) => s.unfinished);
  const isBusy = useModels((s) => s.transfer.phase === "running");
  const waiting = unfinished.filter(({ isActive }) => !isActive);
  if (waiting.length === 0) return null;
  return (
    <section className={styles.list} aria-label={t("Unfinished downloads")}>
      {waiting.map((model) => (
        <UnfinishedRow key={model.id} model={model} isBusy={isBusy} />
      ))}
    </section>
  );
}

function UnfinishedRow({ model, isBusy }: { model: UnfinishedModel; isBusy: boolean }) {
  if (model.isDamaged) return <DamagedRow model={model} />;
  return (
    <article className={styles.row} aria-label={t("Unfinished: {name}", { name: model.name })}>
      <p>
        <strong>{model.name}</strong>
        <small>
          {t("{receivedBytes} of {sizeBytes} are here.{kind}", {
            receivedBytes: formatBytes(model.receivedBytes),
            sizeBytes: formatBytes(model.sizeBytes),
            kind: model.origin.kind === "file" && t(" Pick the file again to go on."),
          })}
        </small>
      </p>
      <div className={styles.rowActions}>
        {model.origin.kind !== "file" && (
          <Button
            disabled={isBusy}
            aria-label={t("Resume {name}", { name: model.name })}
            onClick={() => resumeModel(model)}
          >
            {t("Resume")}
          </Button>
        )}
        <Button
          aria-label={t("Delete {name}", { name: model.name })}
          onClick={() => void discardUnfinished(model)}
        >
          {t("Delete")}
        </Button>
      </div>
    </article>
  );
}

function DamagedRow({ model }: { model: UnfinishedModel }) {
  const action = model.origin.kind === "in-place" ? t("Take off the list") : t("Delete");
  return (
    <article className={styles.row} aria-label={model.name}>
      <p>
        <strong>{model.name}</strong>
        <small>
          {t("{fileName} · What this browser noted of it is damaged, so it can not be used. {part}", {
            fileName: model.fileName,
            part:
              model.origin.kind === "in-place"
                ? t("Its file stays on your disk: take it off the list and add it again.")
                : t("Deleting it frees {receivedBytes}; it can then be stored again.", {
                    receivedBytes: formatBytes(model.receivedBytes),
                  }),
          })}
        </small>
      </p>
      <div className={styles.rowActions}>
        <Button aria-label={`${action}: ${model.fileName}`} onClick={() => void discardUnfinished(model)}>
          {action}
        </Button>
      </div>
    </article>
  );
}
