import { changeModel } from "../../stores/chat/answer";
import { cancelLoad, useEngine, type EngineStatus } from "../../stores/models/engine";
import {
  cancelTransfer,
  dismissTransferError,
  pauseTransfer,
  readiness,
  retryTransfer,
  startOver,
  takeModelOver,
  useModels,
  type Transfer,
} from "../../stores/models/models";
import { allowReading } from "../../stores/models/in-place";
import { openModels } from "../../stores/models/plans";
import { openSettings } from "../../stores/open-settings";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { describeLoad, describePace } from "../parts/words/load-progress";
import { Button } from "../parts/buttons/Button";
import { ProgressCard } from "../parts/notices/ProgressCard";
import { StoredSizes } from "./storage/StoredSizes";
import { t } from "../../../language/language";
import styles from "./EngineBanner.module.css";

/**
 * Above the message box: what is on its way, what went wrong, and what can be done about it. Nothing while
 * all is well.
 */
export function EngineBanner() {
  const status = useEngine((s) => s.status);
  const transfer = useModels((s) => s.transfer);
  return (
    <div className={styles.engineBanner}>
      <TransferBanner transfer={transfer} />
      <StatusBanner status={status} />
      {readiness(status, transfer) === "not" && status.phase === "empty" && transfer.phase === "none" && (
        <div className={styles.empty}>
          <span>{t("No model is loaded.")}</span>
          <Button className={styles.button} onClick={() => openModels(null)}>
            {t("Choose a model")}
          </Button>
        </div>
      )}
    </div>
  );
}

export function TransferBanner({ transfer }: { transfer: Transfer }) {
  switch (transfer.phase) {
    case "none":
      return null;
    case "running":
      return (
        <ProgressCard
          title={
            transfer.progress?.isWaiting
              ? waitingFor(transfer.name)
              : t("Storing {name}", { name: transfer.name })
          }
          value={transfer.progress?.receivedBytes ?? 0}
          max={transfer.progress?.totalBytes || null}
          unit="bytes"
          note={transfer.progress ? describePace(transfer.progress) : ""}
          onPause={pauseTransfer}
          onCancel={cancelTransfer}
        />
      );
    case "failed":
      return (
        <ErrorNotice error={transfer.error}>
          {transfer.error.code === "storage-full" && <StoredSizes />}
          {transfer.error.code === "file-changed" ? (
            <Button onClick={() => void startOver()}>{t("Start over")}</Button>
          ) : transfer.error.code === "download" || transfer.error.code === "storage-full" ? (
            <Button onClick={retryTransfer}>{t("Try again")}</Button>
          ) : (
            <Button onClick={() => openModels(null)}>{t("Choose another model")}</Button>
          )}
          <Button look="quiet" onClick={dismissTransferError}>
            {t("Dismiss")}
          </Button>
        </ErrorNotice>
      );
    default:
      transfer satisfies never;
      throw new Error("unreachable");
  }
}

const waitingFor = (name: string) => t("Waiting: another tab is storing {name}", { name });

function StatusBanner({ status }: { status: EngineStatus }) {
  switch (status.phase) {
    case "starting":
    case "empty":
    case "ready":
      return null;
    case "loading":
      return <ProgressCard {...describeLoad(status.model.name, status.progress)} onCancel={cancelLoad} />;
    case "elsewhere":
      return (
        <div className={styles.empty} role="status">
          <span>{t("The model runs in another tab. One tab at a time has it in the graphics memory.")}</span>
          <Button look="solid" className={styles.button} onClick={() => void takeModelOver(status.model)}>
            {t("Use it here")}
          </Button>
        </div>
      );
    case "failed":
      return (
        <ErrorNotice error={status.error}>
          <EngineRemedies status={status} />
        </ErrorNotice>
      );
    default:
      status satisfies never;
      throw new Error("unreachable");
  }
}

function EngineRemedies({ status: { error, model } }: { status: EngineStatus & { phase: "failed" } }) {
  if (model === null) return <Button onClick={() => location.reload()}>{t("Reload the page")}</Button>;
  return (
    <>
      {error.code === "storage-full" && <StoredSizes />}
      {error.code === "out-of-memory" ? (
        <Button onClick={() => openSettings(model.id)}>{t("Use a shorter context")}</Button>
      ) : error.code === "permission" ? (
        <Button look="solid" onClick={() => void allowReading(model)}>
          {t("Allow reading the file")}
        </Button>
      ) : (
        <Button look="solid" onClick={() => void changeModel(model, null)}>
          {error.code === "device-lost" ? t("Reload the model") : t("Try again")}
        </Button>
      )}
      <Button onClick={() => openModels(null)}>
        {error.code === "out-of-memory" ? t("Choose a smaller model") : t("Choose another model")}
      </Button>
    </>
  );
}
