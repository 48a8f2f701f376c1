import { askForUpdate, downloadUpdate, useHubUpdates } from "../../../stores/models/hub-updates";
import { useModels } from "../../../stores/models/models";
import type { StoredModel } from "../../../../worker/rpc/protocol/model";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { formatBytes } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";
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
        {t("{repo}, commit {revision}{phase}{phase2}", {
          repo,
          revision: revision.slice(0, 7),
          phase: update?.phase === "newest" && t(": the newest of “{branch}”", { branch }),
          phase2:
            update?.phase === "newer" &&
            t(". “{branch}” has a newer one, {revision}. It is stored beside this one.", {
              branch,
              revision: update.origin.revision.slice(0, 7),
            }),
        })}
      </p>
      {update?.phase === "failed" && (
        <div className={modelDetailsStyles.failed}>
          <ErrorNotice error={update.error} />
        </div>
      )}
      {update?.phase === "newer" ? (
        <Button disabled={isBusy} onClick={() => downloadUpdate(model, update.origin)}>
          {t("Download the newer one ({sizeOf})", { sizeOf: sizeOf(update.origin.files) })}
        </Button>
      ) : (
        <Button look="quiet" disabled={update?.phase === "asking"} onClick={() => void askForUpdate(model)}>
          {t("Look for a newer version")}
        </Button>
      )}
    </div>
  );
}
