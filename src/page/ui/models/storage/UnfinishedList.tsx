import { resumeModel, useModels } from "../../../stores/models/models";
import { discardUnfinished } from "../../../stores/models/storage";
import type { UnfinishedModel } from "../../../../worker/rpc/protocol/model";
import { formatBytes } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
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
    <section className={styles.list} aria-label="Unfinished downloads">
      {waiting.map((model) => (
        <UnfinishedRow key={model.id} model={model} isBusy={isBusy} />
      ))}
    </section>
  );
}

function UnfinishedRow({ model, isBusy }: { model: UnfinishedModel; isBusy: boolean }) {
  if (model.isDamaged) return <DamagedRow model={model} />;
  return (
    <article className={styles.row} aria-label={`Unfinished: ${model.name}`}>
      <p>
        <strong>{model.name}</strong>
        <small>
          {formatBytes(model.receivedBytes)} of {formatBytes(model.sizeBytes)} are here.
          {model.origin.kind === "file" && " Pick the file again to go on."}
        </small>
      </p>
      <div className={styles.rowActions}>
        {model.origin.kind !== "file" && (
          <Button disabled={isBusy} aria-label={`Resume ${model.name}`} onClick={() => resumeModel(model)}>
            Resume
          </Button>
        )}
        <Button aria-label={`Delete ${model.name}`} onClick={() => void discardUnfinished(model)}>
          Delete
        </Button>
      </div>
    </article>
  );
}

function DamagedRow({ model }: { model: UnfinishedModel }) {
  const action = model.origin.kind === "in-place" ? "Take off the list" : "Delete";
  return (
    <article className={styles.row} aria-label={model.name}>
      <p>
        <strong>{model.name}</strong>
        <small>
          {model.fileName} · What this browser noted of it is damaged, so it can not be used.{" "}
          {model.origin.kind === "in-place"
            ? "Its file stays on your disk: take it off the list and add it again."
            : `Deleting it frees ${formatBytes(model.receivedBytes)}; it can then be stored again.`}
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
