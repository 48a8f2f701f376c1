import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../../../../language/language";
import { changeModel } from "../../../stores/chat/answer";
import { useEngine } from "../../../stores/models/engine";
import { downloadHubModel, placeOf } from "../../../stores/models/hub";
import { useModels } from "../../../stores/models/models";
import type { HubModel, HubRepository } from "../../../../worker/rpc/protocol/hub";
import type { StoredModel } from "../../../../worker/rpc/protocol/model";
import { formatBytes, formatShare } from "../../parts/words/format";
import { TransferAt } from "../TransferAt";
import { MemoryAt } from "../plan/MemoryAt";
import { Button } from "../../parts/buttons/Button";
import { Badge } from "../../parts/Badge";
import styles from "./Hub.module.css";

interface Props {
  repository: HubRepository;
  model: HubModel;
  /** The title: its name in the repository, or more where it stands alone. */
  title: string;
  /** Why it is pointed out, such as "recommended". */
  badge: string | null;
  /** The download's button; "Download" unless more is promised. */
  verb?: string;
  /** More buttons. */
  children?: ReactNode;
}

/** A model that a hub offers: how exact, how large, what it needs, and the button that gets it. */
export function HubModelRow({ repository, model, title, badge, verb = t("Download"), children }: Props) {
  const isBusy = useModels((s) => s.transfer.phase === "running");
  const isThis = ({ origin }: Pick<StoredModel, "origin">) =>
    origin.kind === "hub" &&
    origin.revision === repository.revision &&
    origin.files[0]?.path === model.files[0]!.path;
  const stored = useModels((s) => s.models.find(isThis));
  const begun = useModels((s) => s.unfinished.find((one) => isThis(one) && !one.isActive));
  return (
    <li className={styles.hubModel} data-refused={!model.isRunnable || undefined}>
      <div className={styles.hubModelLine}>
        <div className={styles.hubModelText}>
          <p className={styles.hubModelTitle}>
            <strong>{title}</strong> {formatBytes(model.sizeBytes)}
            {badge !== null && <Badge>{badge}</Badge>}
          </p>
          <p>{model.isRunnable ? `${model.explanation}.` : model.refusal}</p>
          <MemoryAt memory={model.memory} />
        </div>
        {children}
        {model.isRunnable &&
          (stored ? (
            <StoredButton model={stored} title={title} />
          ) : (
            <Button
              look={badge === null ? "plain" : "solid"}
              disabled={isBusy}
              aria-label={`${begun ? t("Resume") : verb} ${title}`}
              onClick={() => downloadHubModel(repository, model)}
            >
              <Download size={16} aria-hidden />{" "}
              {begun
                ? t("Resume at {share}", { share: formatShare(begun.receivedBytes / begun.sizeBytes) })
                : verb}
            </Button>
          ))}
      </div>
      <TransferAt place={placeOf(repository, model)} />
    </li>
  );
}

/** In the place of the download's button, once the model is here. */
function StoredButton({ model, title }: { model: StoredModel; title: string }) {
  const status = useEngine((s) => s.status);
  const isThis = "model" in status && status.model?.id === model.id;
  const isOnItsWay = isThis && (status.phase === "ready" || status.phase === "loading");
  return isOnItsWay ? (
    <Button disabled aria-label={t("{name} is stored", { name: title })}>
      {status.phase === "ready" ? t("In use") : t("Loading…")}
    </Button>
  ) : (
    <Button aria-label={t("Start {name}", { name: title })} onClick={() => void changeModel(model, null)}>
      {t("Start")}
    </Button>
  );
}
