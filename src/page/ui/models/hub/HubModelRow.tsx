import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { downloadHubModel, placeOf } from "../../../stores/models/hub";
import { useModels } from "../../../stores/models/models";
import type { HubModel, HubRepository } from "../../../../worker/rpc/protocol/hub";
import { formatBytes } from "../../parts/words/format";
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
  /** More buttons. */
  children?: ReactNode;
}

/** A model that a hub offers: how exact, how large, what it needs, and the button that gets it. */
export function HubModelRow({ repository, model, title, badge, children }: Props) {
  const isBusy = useModels((s) => s.transfer.phase === "running");
  const isStored = useModels((s) =>
    s.models.some(
      ({ origin }) =>
        origin.kind === "hub" &&
        origin.revision === repository.revision &&
        origin.files[0]?.path === model.files[0]!.path,
    ),
  );
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
        {model.isRunnable && (
          <Button
            look={badge === null ? "plain" : "solid"}
            disabled={isBusy || isStored}
            aria-label={isStored ? `${title} is stored` : `Download ${title}`}
            onClick={() => downloadHubModel(repository, model)}
          >
            {isStored ? (
              "Stored"
            ) : (
              <>
                <Download size={16} aria-hidden /> Download
              </>
            )}
          </Button>
        )}
      </div>
      <TransferAt place={placeOf(repository, model)} />
    </li>
  );
}
