import { askForUpdate, downloadUpdate, useHubUpdates } from "../../../stores/models/hub-updates";
import { useModels } from "../../../stores/models/models";
import type { StoredModel } from "../../../../worker/rpc/protocol/model";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { formatBytes } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import styles from "./HubUpdate.module.css";
import modelDetailsStyles from "../ModelDetails.module.css";

interface Props {
  model: StoredModel;
}

/** For a model of a hub: from which commit it is, and whether there is a newer one. */
export function HubUpdate({ model }: Props) {
  const update = useHubUpdates((s) => s.updates[model.id]);
  const isBusy = useModels((s) => s.transfer.phase === "running");
  if (model.origin.kind !== "hub") return null;
  const { repo, revision, branch } = model.origin;
  const sizeOf = (files: readonly { sizeBytes: number }[]) =>
    formatBytes(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  return (
    <div className={styles.hubUpdate}>
      <p className={modelDetailsStyles.facts} role="status">
        {repo}, commit {revision.slice(0, 7)}
        {update?.phase === "newest" && `: the newest of “${branch}”`}
        {update?.phase === "newer" &&
          `. “${branch}” has a newer one, ${update.origin.revision.slice(0, 7)}. It is stored beside this one.`}
      </p>
      {update?.phase === "failed" && (
        <div className={modelDetailsStyles.failed}>
          <ErrorNotice error={update.error} />
        </div>
      )}
      {update?.phase === "newer" ? (
        <Button disabled={isBusy} onClick={() => downloadUpdate(model, update.origin)}>
          Download the newer one ({sizeOf(update.origin.files)})
        </Button>
      ) : (
        <Button look="quiet" disabled={update?.phase === "asking"} onClick={() => void askForUpdate(model)}>
          Look for a newer version
        </Button>
      )}
    </div>
  );
}
