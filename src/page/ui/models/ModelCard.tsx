import { ChevronDown, Trash2 } from "lucide-react";
import { cancelLoad, useEngine } from "../../stores/models/engine";
import { openModels } from "../../stores/models/plans";
import type { StoredModel } from "../../../worker/rpc/protocol/model";
import { DeleteModel } from "./storage/DeleteModel";
import { formatBytes, formatDay } from "../parts/words/format";
import { describeLoad } from "../parts/words/load-progress";
import { ModelDetails } from "./ModelDetails";
import { IconButton } from "../parts/buttons/IconButton";
import { ProgressCard } from "../parts/notices/ProgressCard";
import { Badge } from "../parts/Badge";
import { t } from "../../../language/language";
import styles from "./ModelCard.module.css";

interface Props {
  model: StoredModel;
  isSelected: boolean;
}

/** A stored model; unfolded, with its details, its memory plan and the button that loads it. */
export function ModelCard({ model, isSelected }: Props) {
  const status = useEngine((s) => s.status);
  const isThis = "model" in status && status.model?.id === model.id;
  const isInUse = isThis && status.phase === "ready";
  return (
    <article className={styles.modelCard} aria-label={model.name} data-selected={isSelected || undefined}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.title}
          aria-expanded={isSelected}
          onClick={() => openModels(isSelected ? null : model.id)}
        >
          <ChevronDown size={16} aria-hidden />
          <span>
            <strong>{model.name}</strong>
            {isInUse && <Badge>{t("in use")}</Badge>}
            <small>
              {formatBytes(model.sizeBytes)} · {originOf(model)} ·{" "}
              {model.lastUsedAt === null
                ? t("not used yet")
                : t("used {lastUsedAt}", { lastUsedAt: formatDay(model.lastUsedAt) })}
            </small>
          </span>
        </button>
        <DeleteModel
          model={model}
          trigger={<IconButton label={t("Delete {name}", { name: model.name })} icon={Trash2} />}
        />
      </div>
      {isThis && status.phase === "loading" && (
        <div className={styles.progress}>
          <ProgressCard {...describeLoad(model.name, status.progress)} onCancel={cancelLoad} />
        </div>
      )}
      {isSelected && <ModelDetails model={model} />}
    </article>
  );
}

function originOf({ origin }: StoredModel): string {
  switch (origin.kind) {
    case "bundled":
      return t("comes with the app");
    case "url":
      return URL.parse(origin.url)?.host ?? origin.url;
    case "hub":
      return t("{repo} on {host}", {
        repo: origin.repo,
        host: URL.parse(origin.hubUrl)?.host ?? origin.hubUrl,
      });
    case "file":
      return t("from a file");
    case "in-place":
      return t("read where it lies on your disk");
    default:
      origin satisfies never;
      throw new Error("unreachable");
  }
}
